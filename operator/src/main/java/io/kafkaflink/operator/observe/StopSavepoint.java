package io.kafkaflink.operator.observe;

import java.time.Instant;

/**
 * A completed FlinkStateSnapshot of trigger type UPGRADE: the savepoint FKO took when it stopped a job.
 *
 * @param deployment name of the FlinkDeployment
 */
public record StopSavepoint(String deployment, String path, Instant completedAt) {}
