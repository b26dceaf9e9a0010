package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.ConnectorLine;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Since connector 5.x the enumerator's state has offsets. */
class UnassignedSplitsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Partitions that the source had found but not assigned yet stand in the enumerator's state")
    void unassigned() throws Exception {
        OperatorState source = SavedStates.operator("source-1", 1, 720);
        source.putState(0, SavedStates.subtask(List.of(SavedStates.split(0, 5)), false));
        source.setCoordinatorState(
                new ByteStreamStateHandle("coordinator", enumerator(SavedStates.split(1, 7), SavedStates.split(0, 3))));
        SavedStates.write(folder, 1, List.of(source));
        assertThat(SavedState.read(folder.toString(), ConnectorLine.onClassPath())
                        .offsets("source-1")
                        .offsets())
                .isEqualTo(Map.of(SavedStates.partition(0), 5L, SavedStates.partition(1), 7L));
    }

    /** As the source's coordinator writes it: its own version, then version, length and bytes of the enumerator's. */
    private static byte[] enumerator(KafkaPartitionSplit unassigned, KafkaPartitionSplit assigned) throws IOException {
        var serializer = new KafkaSourceEnumStateSerializer();
        byte[] state = serializer.serialize(new KafkaSourceEnumState(List.of(assigned), List.of(unassigned), true));
        var bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(1);
            out.writeInt(serializer.getVersion());
            out.writeInt(state.length);
            out.write(state);
        }
        return bytes.toByteArray();
    }
}
