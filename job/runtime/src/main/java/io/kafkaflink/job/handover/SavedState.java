package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.model.OperatorIds;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.kafka.common.TopicPartition;

/**
 * A savepoint or checkpoint, read from its {@code _metadata} with Flink's own code: on any file system that Flink knows,
 * of any line up to the one that runs, compressed or not.
 */
public final class SavedState {
    /** Flink's name for the splits of a source's subtask ({@code SourceOperator}). */
    private static final String SPLITS = "SourceReaderState";
    /** Flink's name for the state of a sink's writer ({@code StatefulSinkWriterStateHandler}). */
    private static final String WRITER = "writer_raw_states";

    private final String path;
    private final CheckpointMetadata metadata;
    private final ConnectorLine line;

    private SavedState(String path, CheckpointMetadata metadata, ConnectorLine line) {
        this.path = path;
        this.metadata = metadata;
        this.line = line;
    }

    /**
     * Reads the description; the states themselves are read when asked for.
     *
     * @param path of the folder or its {@code _metadata}
     */
    public static SavedState read(String path, ConnectorLine line) throws UnreadableState {
        try {
            CompletedCheckpointStorageLocation location =
                    AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
            try (DataInputStream in = new DataInputStream(
                    new BufferedInputStream(location.getMetadataHandle().openInputStream()))) {
                return new SavedState(
                        path,
                        Checkpoints.loadCheckpointMetadata(in, classLoader(), location.getExternalPointer()),
                        line);
            }
        } catch (IOException | RuntimeException e) {
            // Flink's reader meets damaged bytes with exceptions of many kinds.
            throw new UnreadableState(path, e);
        }
    }

    public String path() {
        return path;
    }

    /** Flink's number of it; later checkpoints of the same job, and of jobs started from it, have larger ones. */
    public long checkpointId() {
        return metadata.getCheckpointId();
    }

    /** Every operator that was there, with state or without. */
    public List<SavedOperator> operators() {
        return metadata.getOperatorStates().stream()
                .map(state -> new SavedOperator(
                        state.getOperatorID().toHexString(),
                        line.uid(state),
                        state.getMaxParallelism(),
                        hasState(state)))
                .toList();
    }

    /** As Flink judges when state is left behind ({@code Checkpoints.loadAndValidateCheckpoint}). */
    private static boolean hasState(OperatorState state) {
        return state.getCoordinatorState() != null
                || state.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
    }

    /** Where a Kafka source stood; without partitions when there is no state under the uid. */
    public SavepointOffsets offsets(String sourceUid) throws UnreadableState {
        String operatorId = OperatorIds.of(sourceUid);
        Optional<OperatorState> source = metadata.getOperatorStates().stream()
                .filter(state -> state.getOperatorID().toHexString().equals(operatorId))
                .findFirst();
        try {
            return source.isEmpty() ? SavepointOffsets.NONE : offsets(source.get());
        } catch (Exception e) {
            // Backends are built and closed with checked exceptions of any kind.
            throw new UnreadableState(path, e);
        }
    }

    /** How the Kafka sink under this uid named its transactional ids; empty without state of it. */
    Optional<FormerNaming> naming(String sinkUid) throws UnreadableState {
        String operatorId = OperatorIds.of(sinkUid);
        try {
            for (OperatorState state : metadata.getOperatorStates()) {
                if (state.getOperatorID().toHexString().equals(operatorId)) {
                    for (OperatorSubtaskState subtask : state.getStates()) {
                        List<FormerNaming> namings = read(subtask, WRITER, new FormerNaming.Reader());
                        if (!namings.isEmpty()) {
                            return Optional.of(namings.get(0));
                        }
                    }
                }
            }
            return Optional.empty();
        } catch (Exception e) {
            // As above.
            throw new UnreadableState(path, e);
        }
    }

    private SavepointOffsets offsets(OperatorState source) throws Exception {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        int largest = 0;
        for (OperatorSubtaskState subtask : source.getStates()) {
            List<KafkaPartitionSplit> splits = read(subtask, SPLITS, new KafkaPartitionSplitSerializer());
            largest = Math.max(largest, splits.size());
            splits.forEach(split -> offsets.put(split.getTopicPartition(), split.getStartingOffset()));
        }
        unassigned(source.getCoordinatorState()).forEach(offsets::putIfAbsent);
        return new SavepointOffsets(offsets, largest);
    }

    /** Restores a list as its operator would: the only way that keeps up with headers and compression. */
    private static <T> List<T> read(OperatorSubtaskState subtask, String name, SimpleVersionedSerializer<T> serializer)
            throws Exception {
        if (subtask.getManagedOperatorState().isEmpty()) {
            return List.of();
        }
        DefaultOperatorStateBackend backend = new DefaultOperatorStateBackendBuilder(
                        classLoader(),
                        new ExecutionConfig(),
                        false,
                        subtask.getManagedOperatorState(),
                        new CloseableRegistry())
                .build();
        try (backend) {
            List<T> elements = new ArrayList<>();
            for (byte[] element : backend.getListState(
                            new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE))
                    .get()) {
                elements.add(SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, element));
            }
            return elements;
        } finally {
            backend.dispose();
        }
    }

    /** The coordinator's state begins with its own version, then version, length and bytes of the enumerator's. */
    private Map<TopicPartition, Long> unassigned(ByteStreamStateHandle coordinator) throws IOException {
        if (coordinator == null) {
            return Map.of();
        }
        try (DataInputStream in = new DataInputStream(coordinator.openInputStream())) {
            in.readInt();
            int version = in.readInt();
            return line.unassigned(version, in.readNBytes(in.readInt()));
        }
    }

    private static ClassLoader classLoader() {
        return SavedState.class.getClassLoader();
    }
}
