package io.kafkaflink.doubles.job;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Content of a completed checkpoint or savepoint.
 *
 * @param checkpointId number that Flink gave it
 * @param sourceUid whose offsets these are; null in one of which nothing is known but its number
 * @param offsets next record to read
 * @param uids of all operators with state
 */
public record SavedState(long checkpointId, String sourceUid, Map<Partition, Long> offsets, Set<String> uids) {

    /** Without state. */
    public static final SavedState NONE = bare(0);

    public SavedState {
        offsets = new TreeMap<>(offsets);
        uids = Set.copyOf(uids);
    }

    /** One of which nothing is known but its number. */
    public static SavedState bare(long checkpointId) {
        return new SavedState(checkpointId, null, Map.of(), Set.of());
    }
}
