package io.kafkaflink.doubles.flink;

import java.util.Locale;

/** Flink's job state as the operator reports it: RUNNING with missing tasks is CREATED. */
public enum FlinkJobState {
    CREATED,
    INITIALIZING,
    RECONCILING,
    RUNNING,
    RESTARTING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    SUSPENDED;

    boolean terminal() {
        return this == FAILED || this == CANCELED || this == FINISHED;
    }

    /** Reason of the condition: {@code Running}, {@code Reconciling} and so on. */
    String reason() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
