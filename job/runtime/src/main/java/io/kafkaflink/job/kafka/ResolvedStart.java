package io.kafkaflink.job.kafka;

import io.kafkaflink.model.PartitionOffset;
import io.kafkaflink.model.PointInTime;
import io.kafkaflink.model.StartingOffsets;
import java.io.Serial;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Start offsets as numbers. The connector's own initializers leave the words "earliest", "latest" and "committed" in the
 * state of a partition until its first record; a savepoint then does not say where a quiet partition stands, its group
 * offset is never committed, and after "latest" records that come while the job is stopped are lost.
 */
final class ResolvedStart implements OffsetsInitializer {
    @Serial
    private static final long serialVersionUID = 2L;

    private final StartingOffsets.Mode mode;
    private final StartingOffsets.ResetStrategy withoutCommit;
    private final long timestamp;
    private final HashMap<TopicPartition, Long> listed;

    ResolvedStart(StartingOffsets offsets) {
        this.mode = offsets.mode();
        this.withoutCommit = offsets.resetStrategy();
        this.timestamp = offsets.timestamp() == null
                ? 0
                : PointInTime.parse(offsets.timestamp()).toEpochMilli();
        this.listed = listed(offsets.offsets());
    }

    /** By partition; none of no list. */
    static HashMap<TopicPartition, Long> listed(List<PartitionOffset> offsets) {
        HashMap<TopicPartition, Long> listed = new HashMap<>();
        if (offsets != null) {
            offsets.forEach(place -> listed.put(new TopicPartition(place.topic(), place.partition()), place.offset()));
        }
        return listed;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return switch (mode) {
            case Earliest -> retriever.beginningOffsets(partitions);
            case Latest -> retriever.endOffsets(partitions);
            case Committed -> committed(partitions, retriever);
            case Timestamp -> at(timestamp, partitions, retriever);
            case Specific -> specific(partitions, retriever);
        };
    }

    /** The first record at or after a time; the end of a partition without one, looked up before, so that none is missed. */
    static Map<TopicPartition, Long> at(
            long timestamp, Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.endOffsets(partitions));
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, timestamp));
        retriever.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    private Map<TopicPartition, Long> specific(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(listed);
        offsets.keySet().retainAll(partitions);
        List<TopicPartition> others = partitions.stream()
                .filter(partition -> !offsets.containsKey(partition))
                .toList();
        if (!others.isEmpty()) {
            offsets.putAll(committed(others, retriever));
        }
        return offsets;
    }

    private Map<TopicPartition, Long> committed(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
        offsets.values().removeIf(offset -> offset == null);
        List<TopicPartition> without = partitions.stream()
                .filter(partition -> !offsets.containsKey(partition))
                .toList();
        if (!without.isEmpty()) {
            offsets.putAll(
                    switch (withoutCommit) {
                        case Earliest -> retriever.beginningOffsets(without);
                        case Latest -> retriever.endOffsets(without);
                        case None ->
                            throw new FlinkRuntimeException("The consumer group has no committed offset of " + without
                                    + " and startingOffsets.resetStrategy is None; commit offsets or choose another"
                                    + " resetStrategy");
                    });
        }
        return offsets;
    }

    /** Only for records that are deleted before they are read: on with the oldest, never with the newest. */
    @Override
    @SuppressWarnings("deprecation") // Kafka deprecates its enum; the connector takes no other.
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
