package io.kafkaflink.rehearsal.check;

import java.time.Instant;
import java.util.Arrays;

/** Epoch milliseconds, one a record, in any order. Not safe for several threads. */
public final class Moments {
    private static final long SECOND = 1000;

    private long[] times = new long[1024];
    private int size;

    public void add(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = time;
    }

    /** All, ascending. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** How many there are in each whole second of a span of time; what is outside is left out. */
    public long[] perSecond(Instant from, Instant to) {
        long start = from.toEpochMilli();
        int seconds = (int) Math.max(1, (to.toEpochMilli() - start + SECOND - 1) / SECOND);
        long[] counts = new long[seconds];
        for (int i = 0; i < size; i++) {
            long second = Math.floorDiv(times[i] - start, SECOND);
            if (second >= 0 && second < seconds) {
                counts[(int) second]++;
            }
        }
        return counts;
    }
}
