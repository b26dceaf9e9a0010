package io.kafkaflink.doubles.flink;

/** {@code status.jobManagerDeploymentStatus}. */
public enum JobManagerStatus {
    MISSING,
    DEPLOYING,
    DEPLOYED_NOT_READY,
    READY,
    ERROR
}
