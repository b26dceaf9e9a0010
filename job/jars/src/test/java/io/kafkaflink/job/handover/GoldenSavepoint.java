package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.KeptSavepoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What the pipeline {@code golden} left of one pair: 5 records read of partition 0, 7 of 1, none of 2; exactly once, with a
 * count of each key.
 */
record GoldenSavepoint(String line, Path folder) {
    private static final String KIND = "savepoints";

    static GoldenSavepoint of(String line, String connector) {
        return new GoldenSavepoint(line, new KeptSavepoint(KIND, line, connector).folder());
    }

    static GoldenSavepoint keep(String line, String connector, Path savepoint) throws IOException {
        new KeptSavepoint(KIND, line, connector).keep(savepoint);
        return of(line, connector);
    }

    void verify() throws UnreadableState {
        assertThat(folder.resolve("_metadata"))
                .as("made by SavepointsIT of that pair, in `mvn -pl job/jars/2.2-5.0.0 -am verify`")
                .exists();
        SavedState state = SavedState.read(folder.toUri().toString(), ConnectorLine.onClassPath());
        SavepointOffsets offsets = state.offsets("source-1");
        assertThat(offsets.offsets()).isEqualTo(Map.of(partition(0), 5L, partition(1), 7L, partition(2), 0L));
        assertThat(offsets.largestSubtask()).isEqualTo(2);
        assertThat(state.offsets("source-2").offsets()).isEmpty();
        assertThat(state.naming("sink-main-1"))
                .contains(line.startsWith("1.") ? FormerNaming.OfConnector3 : FormerNaming.Pooling);
        assertThat(state.naming("sink-main-2")).isEqualTo(Optional.empty());
        GraphComparison comparison = GraphComparison.of(
                List.of("source-1", "step-seen", "sink-main-2", "Sink Committer: sink-main-2"),
                12,
                state.operators(),
                List.of("sink-main-1", "Sink Committer: sink-main-1"));
        assertThat(comparison.restored()).containsExactly("source-1", "step-seen");
        assertThat(comparison.dropped()).containsExactly("Sink Committer: sink-main-1", "sink-main-1");
        assertThat(comparison.added()).containsExactly("sink-main-2", "Sink Committer: sink-main-2");
        assertThat(comparison.otherMaxParallelism()).isEmpty();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("golden-in", number);
    }
}
