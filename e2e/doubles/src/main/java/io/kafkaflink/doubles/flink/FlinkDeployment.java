package io.kafkaflink.doubles.flink;

import java.util.Optional;

/**
 * A FlinkDeployment as the operator reads it.
 *
 * @param status empty until the operator has written one
 */
public record FlinkDeployment(
        DeploymentKey key,
        String uid,
        long generation,
        boolean deleting,
        boolean hasFinalizer,
        FlinkSpec spec,
        Optional<FlinkStatus> status) {

    /** Finalizer of the operator. */
    public static final String FINALIZER = "flinkdeployments.flink.apache.org/finalizer";

    FlinkDeployment with(FlinkStatus newStatus) {
        return new FlinkDeployment(key, uid, generation, deleting, hasFinalizer, spec, Optional.of(newStatus));
    }
}
