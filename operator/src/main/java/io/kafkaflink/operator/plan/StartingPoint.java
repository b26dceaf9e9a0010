package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.util.Comparator;
import java.util.Optional;

/** What a FlinkDeployment that has to be created starts from. An older savepoint than the last would repeat output. */
sealed interface StartingPoint {

    /** The pipeline never ran, or its user accepts to start without its state. */
    record Fresh() implements StartingPoint {}

    /**
     * The FlinkDeployment is made again.
     *
     * @param savepoint of the very job that ran; null when that job never completed a checkpoint
     */
    record Again(String savepoint) implements StartingPoint {}

    /** It ran, and no savepoint of its last job is to be found. */
    record Unknown(Refusal refusal) implements StartingPoint {}

    static StartingPoint of(Situation situation, Slot slot) {
        UpgradeStatus change = situation.memory().upgrade();
        if (Change.is(change, ChangeKind.Recreate)) {
            return new Again(change.savepoint());
        }
        String jobId = lastJob(situation);
        if (jobId == null || situation.accepted(Risk.FreshStart, jobId)) {
            return new Fresh();
        }
        return lastSavepoint(situation, slot, jobId)
                .<StartingPoint>map(Again::new)
                .orElseGet(() -> new Unknown(lost(situation)));
    }

    /** Flink names a savepoint after the first six digits of the job that wrote it, which proves whose it is. */
    private static Optional<String> lastSavepoint(Situation situation, Slot slot, String jobId) {
        String name = slot.deploymentName(situation.id());
        String marker = "/savepoint-" + jobId.substring(0, Math.min(6, jobId.length())) + "-";
        return situation.seen().snapshots().stream()
                .filter(savepoint ->
                        savepoint.deployment().equals(name) && savepoint.path().contains(marker))
                .max(Comparator.comparing(StopSavepoint::completedAt))
                .map(StopSavepoint::path);
    }

    /** The revision in the FlinkDeployment once came up, so that there is progress to lose. */
    static boolean cameUp(Situation situation, FlinkJobState job) {
        UpgradeStatus change = situation.memory().upgrade();
        boolean comingUp =
                change != null && job.revision() != null && job.revision().equals(change.to());
        String jobId = lastJob(situation);
        return !comingUp && jobId != null && !situation.accepted(Risk.FreshStart, jobId);
    }

    static Refusal lost(Situation situation) {
        String jobId = lastJob(situation);
        return Refusal.consent(
                Reasons.STATE_LOST,
                situation.reference() + ": job " + jobId + " has run, and neither a savepoint nor a checkpoint of it is"
                        + " known; starting anew would lose its state and read from startingOffsets. Restore the"
                        + " FlinkDeployment or its FlinkStateSnapshot, or accept a start without state",
                Risk.FreshStart,
                jobId);
    }

    private static String lastJob(Situation situation) {
        return Optional.ofNullable(situation.memory().deployed())
                .map(DeployedStatus::jobId)
                .orElse(null);
    }
}
