package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts a source that has no state of its own exactly where another source stood in a savepoint. The savepoint is only
 * read when there is such a partition: once a checkpoint holds them all, it may be deleted.
 *
 * <p>Partitions that the savepoint does not know start at the beginning when their topic was read before, for they were
 * added since; those of a topic that is new start as configured. {@link UnknownPartition} has the exceptions.
 */
final class SavepointStart implements OffsetsInitializer {
    @Serial
    private static final long serialVersionUID = 2L;

    private final String savepoint;
    private final String sourceUid;
    private final OffsetsInitializer newTopics;
    private final UnknownPartition unknown;

    /** @param sourceUid of the source in the savepoint */
    SavepointStart(String savepoint, String sourceUid, OffsetsInitializer newTopics, UnknownPartition unknown) {
        this.savepoint = savepoint;
        this.sourceUid = sourceUid;
        this.newTopics = newTopics;
        this.unknown = unknown;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return partitions.isEmpty() ? Map.of() : offsets(read(), partitions, retriever);
    }

    private SavepointOffsets read() {
        try {
            SavepointOffsets saved =
                    SavedState.read(savepoint, ConnectorLine.onClassPath()).offsets(sourceUid);
            if (saved.offsets().isEmpty()) {
                throw new FlinkRuntimeException("Savepoint " + savepoint + " has no offsets of source " + sourceUid
                        + "; starting anywhere else would lose or repeat records");
            }
            return saved;
        } catch (UnreadableState e) {
            throw new FlinkRuntimeException(e.getMessage() + "; the source needs it for its start offsets", e);
        }
    }

    private Map<TopicPartition, Long> offsets(
            SavepointOffsets saved, Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        List<TopicPartition> configured = new ArrayList<>();
        List<TopicPartition> committed = new ArrayList<>();
        Set<String> topics = saved.topics();
        for (TopicPartition partition : partitions) {
            Long offset = saved.offsets().get(partition);
            boolean added = offset == null && unknown != UnknownPartition.FOUND;
            if (added && (unknown == UnknownPartition.LISTED || !topics.contains(partition.topic()))) {
                configured.add(partition);
            } else if (offset == null && unknown == UnknownPartition.FOUND) {
                committed.add(partition);
            } else if (offset != null && offset == SavepointOffsets.COMMITTED) {
                committed.add(partition);
            } else {
                starts.put(partition, offset == null ? SavepointOffsets.EARLIEST : offset);
            }
        }
        if (!configured.isEmpty()) {
            starts.putAll(newTopics.getPartitionOffsets(configured, retriever));
        }
        if (!committed.isEmpty()) {
            Map<TopicPartition, Long> group = retriever.committedOffsets(committed);
            committed.forEach(partition -> starts.put(partition, orEarliest(group.get(partition))));
        }
        return starts;
    }

    private static long orEarliest(Long offset) {
        return offset == null ? SavepointOffsets.EARLIEST : offset;
    }

    /** Only for records that were deleted unread, whose loss was accepted before: never to the end. */
    @Override
    @SuppressWarnings("deprecation") // Kafka deprecates its enum; the connector takes no other.
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
