package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.line.Flink2Line;
import io.kafkaflink.model.OperatorIds;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.util.StringUtils;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States made with Flink's own writers, as large as they get. */
class SavedStateTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "compressed: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Offsets, markers included, of 720 partitions in 360 subtasks")
    void offsets(boolean compressed) throws Exception {
        OperatorState source = new OperatorState("clicks", "source-1", id("source-1"), 360, 720);
        for (int subtask = 0; subtask < 360; subtask++) {
            source.putState(
                    subtask,
                    subtask(
                            List.of(split(2 * subtask, 1000L + subtask), split(2 * subtask + 1, -(subtask % 3) - 1)),
                            compressed));
        }
        write(218, List.of(source));
        SavedState state = SavedState.read(folder.toUri().toString(), new Flink2Line());
        assertThat(state.checkpointId()).isEqualTo(218);
        assertThat(state.operators())
                .containsExactly(new SavedOperator(OperatorIds.of("source-1"), Optional.of("source-1"), 720, true));
        SavepointOffsets offsets = state.offsets("source-1");
        assertThat(offsets.offsets()).hasSize(720);
        assertThat(offsets.largestSubtask()).isEqualTo(2);
        assertThat(offsets.offsets())
                .containsEntry(partition(0), 1000L)
                .containsEntry(partition(1), -1L)
                .containsEntry(partition(3), -2L)
                .containsEntry(partition(5), -3L)
                .containsEntry(partition(718), 1359L);
        assertThat(state.offsets("source-2")).isEqualTo(SavepointOffsets.NONE);
    }

    @Test
    @DisplayName("Partitions that the source had found but not assigned yet stand in the enumerator's state")
    void unassigned() throws Exception {
        OperatorState source = new OperatorState("clicks", "source-1", id("source-1"), 1, 720);
        source.putState(0, subtask(List.of(split(0, 5)), false));
        source.setCoordinatorState(new ByteStreamStateHandle("coordinator", enumerator(split(1, 7), split(0, 3))));
        write(1, List.of(source));
        assertThat(SavedState.read(folder.toString(), new Flink2Line())
                        .offsets("source-1")
                        .offsets())
                .isEqualTo(Map.of(partition(0), 5L, partition(1), 7L));
    }

    @Test
    @DisplayName("10 MB of metadata are read within 2 s, 720 partitions included")
    void large() throws Exception {
        List<OperatorState> operators = new ArrayList<>();
        OperatorState source = new OperatorState("clicks", "source-1", id("source-1"), 720, 720);
        IntStream.range(0, 720).forEach(i -> source.putState(i, subtask(List.of(split(i, i)), false)));
        operators.add(source);
        for (int operator = 0; operator < 8; operator++) {
            String uid = "step-" + operator;
            OperatorState state = new OperatorState(uid, uid, id(uid), 720, 720);
            IntStream.range(0, 720).forEach(i -> state.putState(i, raw(1_700)));
            operators.add(state);
        }
        write(9, operators);
        assertThat(Files.size(folder.resolve("_metadata"))).isGreaterThan(10_000_000);
        // The first read loads classes, as it does in a JobManager: it counts.
        long begin = System.nanoTime();
        SavedState state = SavedState.read(folder.toUri().toString(), new Flink2Line());
        assertThat(state.offsets("source-1").offsets()).hasSize(720);
        GraphComparison comparison =
                GraphComparison.of(List.of("source-2", "step-3"), 720, state.operators(), List.of("source-1"));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.err.println("10 MB of metadata, 720 partitions: " + taken.toMillis() + " ms");
        assertThat(comparison.dropped()).hasSize(8).contains("source-1");
        assertThat(taken).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a savepoint at all, only text", "0000000000000000000000000000"})
    void damaged(String bytes) throws IOException {
        Files.writeString(folder.resolve("_metadata"), bytes, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SavedState.read(folder.toUri().toString(), new Flink2Line()))
                .isInstanceOf(UnreadableState.class)
                .hasMessageStartingWith("State " + folder.toUri() + " cannot be read: ");
    }

    @Test
    void truncated() throws Exception {
        OperatorState source = new OperatorState("clicks", "source-1", id("source-1"), 1, 720);
        source.putState(0, subtask(List.of(split(0, 5)), false));
        write(1, List.of(source));
        byte[] whole = Files.readAllBytes(folder.resolve("_metadata"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(folder.resolve("_metadata"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SavedState.read(folder.toUri().toString(), new Flink2Line()))
                    .isInstanceOf(UnreadableState.class);
        }
    }

    @Test
    void missing() {
        assertThatThrownBy(() -> SavedState.read(folder.resolve("gone").toUri().toString(), new Flink2Line()))
                .isInstanceOf(UnreadableState.class)
                .hasMessageContaining("gone");
    }

    private void write(long id, List<OperatorState> operators) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, operators, List.of()), new DataOutputStream(out));
        }
    }

    private static OperatorID id(String uid) {
        return new OperatorID(StringUtils.hexStringToByte(OperatorIds.of(uid)));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("clicks", number);
    }

    private static KafkaPartitionSplit split(int number, long offset) {
        return new KafkaPartitionSplit(partition(number), offset);
    }

    /** What a source's subtask writes at a checkpoint. */
    private static OperatorSubtaskState subtask(List<KafkaPartitionSplit> splits, boolean compressed) {
        ExecutionConfig config = new ExecutionConfig();
        config.setUseSnapshotCompression(compressed);
        try {
            DefaultOperatorStateBackend backend = new DefaultOperatorStateBackendBuilder(
                            SavedStateTest.class.getClassLoader(), config, false, List.of(), new CloseableRegistry())
                    .build();
            try (backend) {
                var state = backend.getListState(
                        new ListStateDescriptor<>("SourceReaderState", BytePrimitiveArraySerializer.INSTANCE));
                for (KafkaPartitionSplit split : splits) {
                    state.add(SimpleVersionedSerialization.writeVersionAndSerialize(
                            new KafkaPartitionSplitSerializer(), split));
                }
                var future = backend.snapshot(
                        1,
                        1,
                        new MemCheckpointStreamFactory(1 << 20),
                        CheckpointOptions.forCheckpointWithDefaultLocation());
                future.run();
                return OperatorSubtaskState.builder()
                        .setManagedOperatorState(future.get().getJobManagerOwnedSnapshot())
                        .build();
            } finally {
                backend.dispose();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static OperatorSubtaskState raw(int bytes) {
        ByteStreamStateHandle handle = new ByteStreamStateHandle("raw", new byte[bytes]);
        OperatorStateHandle state = new OperatorStreamStateHandle(
                Map.of("x", new OperatorStateHandle.StateMetaInfo(new long[] {0}, OperatorStateHandle.Mode.UNION)),
                handle);
        return OperatorSubtaskState.builder().setManagedOperatorState(state).build();
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
