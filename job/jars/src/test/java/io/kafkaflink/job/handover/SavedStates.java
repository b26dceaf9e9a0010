package io.kafkaflink.job.handover;

import io.kafkaflink.model.OperatorIds;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
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

/** States made with Flink's own writers. */
final class SavedStates {
    private SavedStates() {}

    /** The constructor of 2.x takes name and uid too. */
    static OperatorState operator(String uid, int parallelism, int maxParallelism) {
        try {
            for (Constructor<?> constructor : OperatorState.class.getConstructors()) {
                if (constructor.getParameterCount() == 5) {
                    return (OperatorState) constructor.newInstance(uid, uid, id(uid), parallelism, maxParallelism);
                }
            }
            return OperatorState.class
                    .getConstructor(OperatorID.class, int.class, int.class)
                    .newInstance(id(uid), parallelism, maxParallelism);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static void write(Path folder, long id, List<OperatorState> operators) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, operators, List.of()), new DataOutputStream(out));
        }
    }

    static OperatorID id(String uid) {
        return new OperatorID(StringUtils.hexStringToByte(OperatorIds.of(uid)));
    }

    static TopicPartition partition(int number) {
        return new TopicPartition("clicks", number);
    }

    static KafkaPartitionSplit split(int number, long offset) {
        return new KafkaPartitionSplit(partition(number), offset);
    }

    /** What a source's subtask writes at a checkpoint. */
    static OperatorSubtaskState subtask(List<KafkaPartitionSplit> splits, boolean compressed) {
        ExecutionConfig config = new ExecutionConfig();
        config.setUseSnapshotCompression(compressed);
        try {
            DefaultOperatorStateBackend backend = new DefaultOperatorStateBackendBuilder(
                            SavedStates.class.getClassLoader(), config, false, List.of(), new CloseableRegistry())
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

    static OperatorSubtaskState raw(int bytes) {
        ByteStreamStateHandle handle = new ByteStreamStateHandle("raw", new byte[bytes]);
        OperatorStateHandle state = new OperatorStreamStateHandle(
                Map.of("x", new OperatorStateHandle.StateMetaInfo(new long[] {0}, OperatorStateHandle.Mode.UNION)),
                handle);
        return OperatorSubtaskState.builder().setManagedOperatorState(state).build();
    }
}
