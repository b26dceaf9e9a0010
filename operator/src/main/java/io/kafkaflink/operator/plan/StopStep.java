package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.Set;

/**
 * Step 2 Stop: the old job is suspended with a savepoint, and nothing else changes in that write: FKO falls back to a
 * checkpoint when versions change with it (measured). Only a proven savepoint opens the gate.
 */
final class StopStep {
    /** Flink never starts such a job again. */
    private static final Set<String> OVER = Set.of("FAILED", "CANCELED", "FINISHED");

    private final HandOver handOver;

    StopStep(HandOver handOver) {
        this.handOver = handOver;
    }

    StepOutcome outcome() {
        if (handOver.oldJob().isEmpty() && handOver.isGivenItsState()) {
            return cleared();
        }
        if (handOver.oldJob().isEmpty()) {
            return back(UpgradeStep.ABORT, Cause.superseded(handOver.oldName() + " is gone"));
        }
        FlinkJobState old = handOver.oldJob().get();
        if (handOver.newJob().filter(job -> !job.deleting()).isEmpty()) {
            return back(
                    UpgradeStep.ROLLBACK,
                    new Cause(Reasons.NEW_JOB_GONE, handOver.newName() + " was deleted by somebody while it waited"));
        }
        if (handOver.isGivenItsState() && !old.running() && !old.suspended()) {
            return OVER.contains(String.valueOf(old.job()))
                    ? go(handOver.change().savepoint())
                    : remove(old);
        }
        if (Completion.ofOld(handOver) && !handOver.isGivenItsState()) {
            return completed(old);
        }
        if (!"suspended".equals(old.desiredState())) {
            return stop(old);
        }
        return old.suspended() ? stopped(old) : stopping(old);
    }

    /** It can neither be suspended nor be left alone: it might come back beside the new one. */
    private StepOutcome remove(FlinkJobState old) {
        if (old.deleting()) {
            return Wait.quiet(handOver.oldName() + " goes, because its job does not run and may come back");
        }
        if (handOver.from().isPresent() && FlinkDeployments.savepointOnDeletion(old.spec())) {
            return Write.one(new Action.ApplyFlinkDeployment(
                    handOver.oldSlot().orElseThrow(),
                    handOver.from().get(),
                    JobContext.keepingSavepoint(old, JobRequest.running().withoutSavepointOnDeletion()),
                    old.resourceVersion(),
                    handOver.mark(UpgradeStep.STOP),
                    "its job does not run, so that no savepoint can be taken"));
        }
        return Write.one(new Action.DeleteFlinkDeployment(
                handOver.oldSlot().orElseThrow(),
                old.resourceVersion(),
                "its job does not run and may come back beside the new one"));
    }

    /** A stop that FKO has not acted on yet is waited for: taken back too late it would start what has ended. */
    private StepOutcome completed(FlinkJobState old) {
        Cause cause = Cause.superseded(handOver.oldName() + ": its job came to its end before it could be stopped");
        if (!"suspended".equals(old.desiredState())) {
            return back(UpgradeStep.ABORT, cause);
        }
        return old.suspended() ? back(UpgradeStep.ROLLBACK, cause) : stopping(old);
    }

    private StepOutcome cleared() {
        int pods = handOver.oldSlot().map(handOver.situation().seen()::podsLeft).orElse(0);
        return pods > 0
                ? Wait.quiet(handOver.oldName() + " is gone; " + pods + " of its pods are not")
                : go(handOver.change().savepoint());
    }

    private StepOutcome stop(FlinkJobState old) {
        if (handOver.from().isEmpty()) {
            return back(
                    UpgradeStep.ABORT,
                    new Cause(
                            Reasons.REVISION_MISSING,
                            "ControllerRevision " + handOver.change().from() + " of " + handOver.oldName()
                                    + " is gone, so that its job cannot be stopped without other changes. Restore it"));
        }
        return Write.one(new Action.ApplyFlinkDeployment(
                handOver.oldSlot().orElseThrow(),
                handOver.from().get(),
                JobContext.keepingSavepoint(old, JobRequest.suspended()),
                old.resourceVersion(),
                handOver.mark(UpgradeStep.STOP),
                "stop with savepoint for upgrade " + handOver.change().id()));
    }

    private StepOutcome stopped(FlinkJobState old) {
        if (handOver.isGivenItsState()) {
            return go(handOver.change().savepoint());
        }
        if (old.stopSavepoint().isEmpty()) {
            return back(
                    UpgradeStep.ROLLBACK,
                    new Cause(
                            Reasons.SAVEPOINT_UNPROVEN,
                            handOver.oldName() + " stopped without a savepoint: found "
                                    + old.upgradeSavepointPath()
                                    + ", expected the path of one. The old job goes on from it; see the Flink operator's"
                                    + " log"));
        }
        return handOver.stopSavepoint().map(this::go).orElseGet(() -> unproven(old));
    }

    private StepOutcome unproven(FlinkJobState old) {
        String waits =
                handOver.oldName() + " is stopped; the Flink operator's FlinkStateSnapshot that proves savepoint "
                        + old.upgradeSavepointPath() + " is awaited";
        return overdue()
                ? back(
                        UpgradeStep.ROLLBACK,
                        new Cause(
                                Reasons.SAVEPOINT_UNPROVEN,
                                waits + " for over "
                                        + handOver.situation()
                                                .savepointTimeout()
                                                .toSeconds()
                                        + "s. Check that kubernetes.operator.snapshot.resource.enabled is not switched"
                                        + " off"))
                : Wait.quiet(waits);
    }

    private StepOutcome stopping(FlinkJobState old) {
        String error = old.error() == null
                ? ""
                : ": " + old.error().type() + ": " + old.error().message();
        return overdue()
                ? back(
                        UpgradeStep.ABORT,
                        new Cause(
                                Reasons.SAVEPOINT_FAILING,
                                handOver.oldName() + " completed no savepoint within "
                                        + handOver.situation()
                                                .savepointTimeout()
                                                .toSeconds()
                                        + "s (spec.upgrade.stepTimeouts.savepoint)" + error
                                        + ". Check that the job can write below spec.state.dir, and its checkpoints"))
                : Wait.quiet(handOver.oldName() + " runs until its savepoint is complete");
    }

    private StepOutcome go(String savepoint) {
        return handOver.newJob()
                .map(FlinkJobState::jobId)
                .filter(id -> handOver.armed().isPresent())
                .<StepOutcome>map(id -> new Advance(UpgradeStep.GO, id, savepoint))
                .orElseGet(this::rearming);
    }

    /** Its JobManager may have been restarted with another job id; a go must name the one that waits. */
    private StepOutcome rearming() {
        return overdue()
                ? back(
                        UpgradeStep.ROLLBACK,
                        new Cause(
                                Reasons.NEW_JOB_GONE,
                                "the job of " + handOver.newName() + " is no longer armed. See its JobManager's log"))
                : Wait.quiet("the job of " + handOver.newName() + " arms again");
    }

    private boolean overdue() {
        return handOver.overdue(handOver.situation().savepointTimeout());
    }

    private static StepOutcome back(UpgradeStep by, Cause cause) {
        return new TakeBack(by, cause);
    }
}
