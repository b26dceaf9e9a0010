package io.kafkaflink.rehearsal.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Follows the numbered output, where the n-th record of a key (n from 0) must appear once, after the one before it, and
 * with the running count n + 1. Records are fed in the order of their partition; a key stays in one partition. Not safe
 * for use by several threads at once.
 */
public final class NumberedCheck {
    private final Map<String, Key> keys = new HashMap<>();
    private final List<String> disordered = new ArrayList<>();
    private final List<String> duplicated = new ArrayList<>();
    private final List<String> miscounted = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long out;

    /** What was seen of one key. */
    private static final class Key {
        private final BitSet seen = new BitSet();
        private int newest = -1;
    }

    /** One record that came out: the n-th of its key, with the count the job gave it. */
    public void saw(String key, int number, long count) {
        out++;
        Key state = keys.computeIfAbsent(key, unseen -> new Key());
        String name = key + "#" + number;
        if (state.seen.get(number)) {
            duplicated.add(name);
        } else if (number < state.newest) {
            disordered.add(name + " after #" + state.newest);
        }
        if (count != number + 1L) {
            miscounted.add(name + " counted " + count);
        }
        state.seen.set(number);
        state.newest = Math.max(state.newest, number);
    }

    /** One record that came out and is none of ours. */
    public void sawUnreadable(String text) {
        out++;
        unreadable.add(text);
    }

    /** Number of different records seen so far. */
    public long distinct() {
        return keys.values().stream().mapToLong(key -> key.seen.cardinality()).sum();
    }

    /** Number of different records of one key seen so far. */
    public int distinct(String key) {
        return keys.containsKey(key) ? keys.get(key).seen.cardinality() : 0;
    }

    /**
     * Compares with what was sent.
     *
     * @param sent number of acknowledged records by key
     */
    public Verdict verdict(Map<String, Integer> sent) {
        List<String> lost = new ArrayList<>();
        List<String> unexplained = new ArrayList<>(unreadable);
        new TreeMap<>(sent).forEach((key, count) -> {
            BitSet seen = keys.containsKey(key) ? keys.get(key).seen : new BitSet();
            for (int n = seen.nextClearBit(0); n < count; n = seen.nextClearBit(n + 1)) {
                lost.add(key + "#" + n);
            }
        });
        keys.forEach((key, state) -> {
            int limit = sent.getOrDefault(key, 0);
            for (int n = state.seen.nextSetBit(limit); n >= 0; n = state.seen.nextSetBit(n + 1)) {
                unexplained.add(key + "#" + n);
            }
        });
        Faults faults = new Faults();
        faults.add(lost.size(), "records lost", lost);
        faults.add(duplicated.size(), "records duplicated", duplicated);
        faults.add(disordered.size(), "records out of order", disordered);
        faults.add(miscounted.size(), "wrong counts per key", miscounted);
        faults.add(unexplained.size(), "records that were never sent", unexplained);
        return new Verdict(
                sent.values().stream().mapToLong(Integer::longValue).sum(),
                out,
                lost.size(),
                duplicated.size(),
                OptionalLong.of(disordered.size()),
                (long) miscounted.size() + unexplained.size(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                faults.lines());
    }
}
