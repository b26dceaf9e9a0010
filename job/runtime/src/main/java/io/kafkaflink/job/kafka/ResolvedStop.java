package io.kafkaflink.job.kafka;

import io.kafkaflink.model.PointInTime;
import io.kafkaflink.model.StoppingOffsets;
import java.io.Serial;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Stop offsets as numbers. They go into the state of each partition, so that a job that takes over from a savepoint ends
 * where the first one was to end. The connector's own initializers leave words there, which every start reads anew: at
 * "latest" the end would move with each upgrade.
 */
final class ResolvedStop implements OffsetsInitializer {
    @Serial
    private static final long serialVersionUID = 1L;

    private final StoppingOffsets.Mode mode;
    private final long timestamp;
    private final HashMap<TopicPartition, Long> listed;

    ResolvedStop(StoppingOffsets offsets) {
        this.mode = offsets.mode();
        this.timestamp = offsets.timestamp() == null
                ? 0
                : PointInTime.parse(offsets.timestamp()).toEpochMilli();
        this.listed = ResolvedStart.listed(offsets.offsets());
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return switch (mode) {
            case Never -> throw new IllegalStateException("a source without end has no stop offsets");
            case Latest -> retriever.endOffsets(partitions);
            case Timestamp -> ResolvedStart.at(timestamp, partitions, retriever);
            case Committed -> committed(partitions, retriever);
            case Specific -> orBeginning(listed, partitions, retriever);
        };
    }

    private static Map<TopicPartition, Long> committed(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
        offsets.values().removeIf(offset -> offset == null);
        return orBeginning(offsets, partitions, retriever);
    }

    /** Nothing is read of the others: an end is never made up. */
    private static Map<TopicPartition, Long> orBeginning(
            Map<TopicPartition, Long> known,
            Collection<TopicPartition> partitions,
            PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.beginningOffsets(partitions));
        partitions.stream()
                .filter(known::containsKey)
                .forEach(partition -> offsets.put(partition, known.get(partition)));
        return offsets;
    }

    /** Never asked of an end. */
    @Override
    @SuppressWarnings("deprecation") // Kafka deprecates its enum; the connector takes no other.
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
