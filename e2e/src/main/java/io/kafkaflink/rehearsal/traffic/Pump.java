package io.kafkaflink.rehearsal.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A thread that does one piece of work again and again until it is told to stop or fails. */
final class Pump {
    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /** One piece of work. */
    @FunctionalInterface
    interface Work {
        /** False when there is nothing more to do. */
        boolean step() throws InterruptedException;
    }

    Pump(String name, Work work) {
        thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Work work) {
        try {
            boolean more = true;
            while (more && !stopped) {
                more = work.step();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            failure.set(broken);
        }
    }

    /** Ends after the piece of work at hand; waits for it. */
    void stop() {
        stopped = true;
        join(Duration.ofSeconds(30));
    }

    /** Waits until there is nothing more to do. */
    void join(Duration deadline) {
        try {
            thread.join(deadline.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new TrafficException(thread.getName() + " did not end within " + deadline.toSeconds() + " s", null);
        }
        check();
    }

    /** Throws what the work failed with, if it did. */
    void check() {
        Optional.ofNullable(failure.get()).ifPresent(cause -> {
            throw new TrafficException(thread.getName() + " failed: " + cause, cause);
        });
    }
}
