package io.kafkaflink.processes;

import java.time.Instant;
import java.util.Optional;

/**
 * A process beyond doubt: process ids are used again, so the start time belongs to it.
 *
 * @param startMillis milliseconds since 1970
 */
record ProcessIdentity(long pid, long startMillis) {
    /** Every JVM computes start times from the boot time in whole seconds, which moves when the clock is set. */
    private static final long TOLERANCE_MILLIS = 2_000;

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startMillis(process).orElse(0L));
    }

    /** The process itself while it runs; never another one with the same id. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::sameStart);
    }

    private boolean sameStart(ProcessHandle other) {
        return startMillis(other)
                .filter(start -> Math.abs(start - startMillis) <= TOLERANCE_MILLIS)
                .isPresent();
    }

    private static Optional<Long> startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli);
    }
}
