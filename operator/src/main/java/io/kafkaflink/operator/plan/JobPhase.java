package io.kafkaflink.operator.plan;

/**
 * What the job is doing, as far as status and Events say it.
 *
 * @param reason one of {@link Reasons}
 * @param message for people
 */
public record JobPhase(Kind kind, String reason, String message) {

    /** What it does. */
    public enum Kind {
        /** Nothing is there and nothing is being made (yet). */
        ABSENT,
        /** FKO has taken up the spec and the job is coming up. */
        STARTING,
        /** All tasks of the wanted revision run. */
        RUNNING,
        /** A change is written and FKO has not stopped the job yet; the old revision runs. */
        STOPPING,
        /** Stopped with savepoint, as wanted. */
        SUSPENDED,
        /** Ended by itself, as it was to: there is nothing left to read. */
        COMPLETED,
        /** Neither running nor coming up. */
        BROKEN
    }

    static JobPhase absent(String message) {
        return new JobPhase(Kind.ABSENT, Reasons.JOB_NOT_STARTED, message);
    }

    /** @param runs the job still does */
    static JobPhase deleting(boolean runs, String message) {
        return new JobPhase(runs ? Kind.STOPPING : Kind.ABSENT, Reasons.FLINK_DEPLOYMENT_DELETING, message);
    }

    static JobPhase starting(String message) {
        return new JobPhase(Kind.STARTING, Reasons.JOB_STARTING, message);
    }

    static JobPhase running(String message) {
        return new JobPhase(Kind.RUNNING, Reasons.JOB_RUNNING, message);
    }

    static JobPhase stopping(String reason, String message) {
        return new JobPhase(Kind.STOPPING, reason, message);
    }

    static JobPhase suspended(String message) {
        return new JobPhase(Kind.SUSPENDED, Reasons.SUSPENDED, message);
    }

    static JobPhase completed(String message) {
        return new JobPhase(Kind.COMPLETED, Reasons.COMPLETED, message);
    }

    static JobPhase broken(String reason, String message) {
        return new JobPhase(Kind.BROKEN, reason, message);
    }
}
