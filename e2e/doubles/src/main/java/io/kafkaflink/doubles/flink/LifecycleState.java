package io.kafkaflink.doubles.flink;

/** {@code status.lifecycleState}. It speaks of the last reconciled spec, not of the one that was asked for. */
public enum LifecycleState {
    CREATED,
    SUSPENDED,
    UPGRADING,
    DEPLOYED,
    STABLE,
    FAILED
}
