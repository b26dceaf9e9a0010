package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code status} of a FlinkDeployment.
 *
 * @param error JSON text, or plain text for a missing job
 * @param condition the one condition {@code Running}
 */
public record FlinkStatus(
        OptionalLong observedGeneration,
        LifecycleState lifecycle,
        Reconciliation reconciliation,
        Job job,
        JobManagerStatus jobManager,
        Optional<String> error,
        Optional<Condition> condition,
        Map<String, String> clusterInfo,
        TaskManagers taskManagers) {

    /**
     * {@code reconciliationStatus}.
     *
     * @param upgrading UPGRADING, also before the first deploy; else DEPLOYED
     * @param timestamp epoch milliseconds of the last recorded spec
     */
    public record Reconciliation(
            boolean upgrading,
            Optional<ReconciledSpec> lastReconciled,
            Optional<ReconciledSpec> lastStable,
            long timestamp) {

        /** The last reconciled spec has been seen running, suspended or redeployed. */
        boolean stable() {
            return lastReconciled.isPresent() && lastReconciled.equals(lastStable);
        }
    }

    /** {@code jobStatus}; times are epoch milliseconds as text. */
    public record Job(
            Optional<FlinkJobState> state,
            Optional<String> jobId,
            Optional<String> name,
            Optional<String> startTime,
            Optional<String> updateTime,
            Optional<String> upgradeSavepointPath) {}

    /** Condition {@code Running}. */
    public record Condition(boolean running, String reason, String message, String lastTransitionTime) {}

    /** {@code taskManager}. */
    public record TaskManagers(String labelSelector, int replicas) {}

    /** Before the operator has looked at the resource. */
    public static final FlinkStatus NONE = new FlinkStatus(
            OptionalLong.empty(),
            LifecycleState.CREATED,
            new Reconciliation(true, Optional.empty(), Optional.empty(), 0),
            new Job(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            JobManagerStatus.MISSING,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new TaskManagers("", 0));

    /** As the API server stores it. */
    public ObjectNode json() {
        return FlinkStatusCodec.write(this);
    }
}
