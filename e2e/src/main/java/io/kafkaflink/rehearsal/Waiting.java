package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.report.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for conditions, tells what for, and gives up with a message that says what was seen last. */
public final class Waiting {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Progress progress;
    private final Runnable meanwhile;

    /**
     * A way of waiting.
     *
     * @param meanwhile called at every look; may throw to end the wait
     */
    public Waiting(Progress progress, Runnable meanwhile) {
        this.progress = progress;
        this.meanwhile = meanwhile;
    }

    /**
     * Waits.
     *
     * @param missing empty as soon as the condition holds, else what is missing, in words
     * @throws RehearsalFailedException at the deadline
     */
    public void until(String what, Duration deadline, Supplier<Optional<String>> missing) {
        long end = System.nanoTime() + deadline.toNanos();
        Optional<String> seen = missing.get();
        while (seen.isPresent()) {
            if (System.nanoTime() > end) {
                throw new RehearsalFailedException(
                        what + ": not reached within " + deadline.toSeconds() + " s; last seen: " + seen.get());
            }
            progress.waitingFor(what + ": " + seen.get());
            meanwhile.run();
            pause();
            seen = missing.get();
        }
    }

    /** Whether the condition held before the deadline; for what may rightly never come. */
    public boolean within(Duration deadline, Supplier<Boolean> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                return false;
            }
            meanwhile.run();
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RehearsalFailedException("interrupted");
        }
    }
}
