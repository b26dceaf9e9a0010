package io.kafkaflink.rehearsal.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Pauses in an output, from the times at which the broker appended its records. Not safe for several threads. */
public final class Outages {
    private final Moments moments = new Moments();

    /** One record was appended, epoch milliseconds; in any order. */
    public void appended(long time) {
        moments.add(time);
    }

    /** Records in each second of a span of time. */
    public long[] perSecond(Instant from, Instant to) {
        return moments.perSecond(from, to);
    }

    /**
     * A time without a record.
     *
     * @param from the last record before it
     * @param to the first record after it
     */
    public record Gap(Instant from, Instant to) {
        /** How long it was. */
        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /** The longest time without a record that touches the span from one moment to another; zero without records. */
    public Duration longest(Instant from, Instant to) {
        return longestGap(from, to).map(Gap::length).orElse(Duration.ZERO);
    }

    /** The same with its borders; empty without two records to lie between. */
    public Optional<Gap> longestGap(Instant from, Instant to) {
        long[] sorted = moments.sorted();
        int longest = 0;
        for (int i = 1; i < sorted.length; i++) {
            boolean touches = sorted[i] >= from.toEpochMilli() && sorted[i - 1] <= to.toEpochMilli();
            boolean longer = longest == 0 || sorted[i] - sorted[i - 1] > sorted[longest] - sorted[longest - 1];
            longest = touches && longer ? i : longest;
        }
        return longest == 0
                ? Optional.empty()
                : Optional.of(
                        new Gap(Instant.ofEpochMilli(sorted[longest - 1]), Instant.ofEpochMilli(sorted[longest])));
    }

    /** The first record after a moment; empty without one. */
    public Optional<Instant> firstAfter(Instant moment) {
        return Arrays.stream(moments.sorted()).filter(time -> time > moment.toEpochMilli()).min().stream()
                .mapToObj(Instant::ofEpochMilli)
                .findFirst();
    }
}
