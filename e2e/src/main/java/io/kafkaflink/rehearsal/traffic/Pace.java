package io.kafkaflink.rehearsal.traffic;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Spreads work evenly over time; a pause is made up for afterwards, by at most one second's worth. At high rates several
 * pieces follow each other at once: a sleep for each would cost more than the work.
 */
final class Pace {
    private static final long CATCH_UP = Duration.ofSeconds(1).toNanos();
    private static final long SHORTEST_SLEEP = Duration.ofMillis(2).toNanos();

    private final long interval;
    private long due = System.nanoTime();

    /** So many pieces a second. */
    Pace(double perSecond) {
        interval = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
    }

    /** Waits until the next piece is due. */
    void await() throws InterruptedException {
        long now = System.nanoTime();
        due = Math.max(due + interval, now - CATCH_UP);
        if (due - now > SHORTEST_SLEEP) {
            TimeUnit.NANOSECONDS.sleep(due - now);
        }
    }
}
