package io.kafkaflink.job.handover;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** Time that passes only while somebody waits; things happen at their second. */
final class FakeTime implements Waiting {
    private final TreeMap<Instant, Runnable> events = new TreeMap<>();
    private Instant now = Orders.AT;

    /** Lets something happen after so many seconds from the begin. */
    FakeTime at(long second, Runnable event) {
        events.put(Orders.AT.plusSeconds(second), event);
        return this;
    }

    long seconds() {
        return Duration.between(Orders.AT, now).toSeconds();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        now = now.plus(time);
        if (seconds() > 100_000) {
            throw new AssertionError("nobody ends this wait");
        }
        while (!events.isEmpty() && !events.firstKey().isAfter(now)) {
            events.pollFirstEntry().getValue().run();
        }
    }
}
