package io.kafkaflink.doubles.flink;

import java.util.Locale;

/** Desired state of a job: {@code spec.job.state}. */
public enum DesiredState {
    RUNNING,
    SUSPENDED;

    /** As it is spelled in a resource. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DesiredState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
