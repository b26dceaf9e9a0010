package io.kafkaflink.operator.observe;

import io.kafkaflink.operator.desired.UpgradeMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FlinkDeployment of the pipeline as it is. FKO's status is no stable interface, so every text may be null.
 *
 * @param revision value of our annotation: the revision that was last applied
 * @param desiredState {@code spec.job.state}: {@code running} or {@code suspended}
 * @param desiredUpgradeMode {@code spec.job.upgradeMode}
 * @param observedGeneration null before FKO's first status
 * @param lifecycle {@code status.lifecycleState}; speaks of the last reconciled spec, so no sign of health
 * @param reconciliation {@code status.reconciliationStatus.state}
 * @param job {@code status.jobStatus.state}, Flink's word
 * @param jobManager {@code status.jobManagerDeploymentStatus}
 * @param mark the step of an upgrade that applied it last, empty when none did
 * @param spec the live {@code spec}, to judge drift by
 * @param error the message in {@code status.error}, taken out of its JSON
 * @param lastReconciled what FKO last acted on
 */
public record FlinkJobState(
        String name,
        String revision,
        long generation,
        String resourceVersion,
        Instant createdAt,
        boolean deleting,
        String desiredState,
        String desiredUpgradeMode,
        Long observedGeneration,
        String lifecycle,
        String reconciliation,
        String job,
        String jobManager,
        String jobId,
        Error error,
        Optional<LastReconciled> lastReconciled,
        String upgradeSavepointPath,
        Optional<UpgradeMark> mark,
        Map<String, Object> spec) {

    /** FKO's literal for "from the newest checkpoint in high-availability metadata". */
    public static final String LAST_STATE = "KUBERNETES_OPERATOR_LAST_STATE";

    /**
     * An error in FKO's status.
     *
     * @param type simple name of the exception
     * @param message empty when FKO gives none
     * @param reason word of the kubelet or of a condition where FKO quotes one, as in {@code FailedMount}; null otherwise
     */
    public record Error(String type, String message, String reason) {
        public Error {
            message = message == null ? "" : message;
        }

        public Error(String type, String message) {
            this(type, message, null);
        }
    }

    /** The part of {@code lastReconciledSpec} that tells what FKO acted on. */
    public record LastReconciled(String state, String upgradeMode, int parallelism, List<String> args) {
        public LastReconciled {
            args = List.copyOf(args);
        }
    }

    /** FKO has taken up our last write. */
    public boolean accepted() {
        return observedGeneration != null && observedGeneration == generation;
    }

    /** All tasks of the wanted spec run; no single field of FKO's status says so. */
    public boolean healthy() {
        return accepted()
                && "DEPLOYED".equals(reconciliation)
                && "RUNNING".equals(job)
                && "READY".equals(jobManager)
                && lastReconciled.map(spec -> "running".equals(spec.state())).orElse(false);
    }

    /**
     * Stopped with savepoint, as asked. The JobManager stays READY beside it. Generations do not count: FKO never observes
     * an edit of a suspended resource (measured), whoever made it.
     */
    public boolean suspended() {
        return "suspended".equals(desiredState) && "SUSPENDED".equals(lifecycle) && heldStopped();
    }

    /** FKO last acted to stop the job: it is suspended, or in an upgrade between stop and start. */
    public boolean heldStopped() {
        return lastReconciled.map(spec -> "suspended".equals(spec.state())).orElse(false);
    }

    /** FKO has never acted on this resource, so that {@code initialSavepointPath} still decides what it starts from. */
    public boolean untouched() {
        return lastReconciled.isEmpty();
    }

    /** Flink says RUNNING, whatever spec it runs. FKO says so for up to 12 s after a JobManager is gone (measured). */
    public boolean running() {
        return "RUNNING".equals(job) && "READY".equals(jobManager);
    }

    /** The savepoint or retained checkpoint that the job was last started from or, once it ended, would be. */
    public Optional<String> restorePath() {
        return Optional.ofNullable(upgradeSavepointPath).filter(path -> !path.equals(LAST_STATE));
    }

    /** The savepoint the last stop left behind, when it was one: no checkpoint of a fallback, no last-state literal. */
    public Optional<String> stopSavepoint() {
        return restorePath().filter(path -> !path.matches(".*/chk-[0-9]+/?"));
    }

    public String reference(String namespace) {
        return "FlinkDeployment " + namespace + "/" + name;
    }
}
