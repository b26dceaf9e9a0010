package io.kafkaflink.doubles.flink;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Things that will happen, in order of their time and then of their planning. */
final class Timeline {

    private record Planned(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparingLong(Planned::order));
    private long count;

    void plan(Instant at, Runnable action) {
        planned.add(new Planned(at, count++, action));
    }

    Optional<Instant> next() {
        return Optional.ofNullable(planned.peek()).map(Planned::at);
    }

    void runUntil(Instant now) {
        while (!planned.isEmpty() && !planned.peek().at().isAfter(now)) {
            planned.poll().action().run();
        }
    }
}
