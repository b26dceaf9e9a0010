package io.kafkaflink.operator.desired;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many partitions a pipeline reads.
 *
 * @param largest of the source's topics, which the parallelism follows; of the sink's topic for a generator source
 * @param set number of partitions of each source topic when only those are read, whatever the topics grow to; empty when
 *     all are
 */
public record Partitions(int largest, Map<String, Integer> set) {
    public Partitions {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
    }

    /** All that there are. */
    public static Partitions all(int largest) {
        return new Partitions(largest, Map.of());
    }
}
