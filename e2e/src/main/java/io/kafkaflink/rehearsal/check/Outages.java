package io.kafkaflink.rehearsal.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Pauses in an output, from the times at which the broker appended its records. Not safe for several threads. */
public final class Outages {
    private long[] times = new long[1024];
    private int size;

    /** One record was appended, epoch milliseconds; in any order. */
    public void appended(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = time;
    }

    /** The longest time without a record that touches the span from one moment to another. */
    public Duration longest(Instant from, Instant to) {
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        long longest = 0;
        for (int i = 1; i < sorted.length; i++) {
            boolean touches = sorted[i] >= from.toEpochMilli() && sorted[i - 1] <= to.toEpochMilli();
            longest = touches ? Math.max(longest, sorted[i] - sorted[i - 1]) : longest;
        }
        return Duration.ofMillis(longest);
    }
}
