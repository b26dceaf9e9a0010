package io.kafkaflink.job.handover;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a source stands.
 *
 * @param offsets next record of each partition; negative numbers are Flink's markers ({@link #LATEST},
 *     {@link #EARLIEST}, {@link #COMMITTED}) of partitions that no record was read of yet
 * @param largestSubtask most partitions that one subtask reads
 */
public record SavepointOffsets(SortedMap<TopicPartition, Long> offsets, int largestSubtask) {
    public static final long LATEST = -1;
    public static final long EARLIEST = -2;
    public static final long COMMITTED = -3;

    static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);
    static final SavepointOffsets NONE = new SavepointOffsets(Map.of(), 0);

    public SavepointOffsets {
        offsets = Collections.unmodifiableSortedMap(sorted(offsets));
    }

    SavepointOffsets(Map<TopicPartition, Long> offsets, int largestSubtask) {
        this(sorted(offsets), largestSubtask);
    }

    static <V> SortedMap<TopicPartition, V> sorted(Map<TopicPartition, V> map) {
        SortedMap<TopicPartition, V> sorted = new TreeMap<>(ORDER);
        sorted.putAll(map);
        return sorted;
    }

    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        offsets.keySet().forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    /** SHA-256 in hex of the lines {@code <topic>-<partition>=<offset>}, sorted by topic and partition. */
    public String digest() {
        return digest(offsets);
    }

    static String digest(SortedMap<TopicPartition, Long> offsets) {
        StringBuilder lines = new StringBuilder();
        offsets.forEach((partition, offset) ->
                lines.append(partition).append('=').append(offset).append('\n'));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
