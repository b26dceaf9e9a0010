package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.Finish;
import io.kafkaflink.operator.plan.StepOutcome.GoOnFrom;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * R2 Rollback: the new job goes, pods included, and the old one is resumed from its savepoint. Exact as long as the new job
 * has completed no checkpoint; that is looked at before it is deleted, and once more by the old job before it starts.
 */
final class RollbackStep {
    private final HandOver handOver;

    RollbackStep(HandOver handOver) {
        this.handOver = handOver;
    }

    StepOutcome outcome() {
        Optional<FlinkJobState> job = handOver.newJob();
        if (job.isPresent()) {
            return take(job.get());
        }
        int pods = handOver.situation().seen().podsLeft(handOver.newSlot());
        if (pods > 0) {
            return Wait.quiet(handOver.newName() + " is gone; " + pods + " of its pods are not");
        }
        if (isPast() && !repetitionAccepted()) {
            return Wait.blocked(repetition(
                    handOver.checkpoint().map(id -> "checkpoint " + id).orElse("a checkpoint")));
        }
        Optional<FlinkJobState> old = handOver.oldJob().filter(found -> !found.deleting());
        return old.isEmpty() || handOver.resumes() || Completion.ofOld(handOver) ? clear() : resume(old.get());
    }

    private StepOutcome take(FlinkJobState job) {
        if (job.deleting()) {
            return Wait.quiet(handOver.newName() + " goes");
        }
        if (isPast() && !repetitionAccepted()) {
            return Advance.to(UpgradeStep.VERIFY);
        }
        return Write.one(new Action.DeleteFlinkDeployment(
                handOver.newSlot(), job.resourceVersion(), handOver.cause().text()));
    }

    /** The new job has a completed checkpoint, so that its output counts. */
    private boolean isPast() {
        return handOver.checkpoint().isPresent()
                || handOver.verified()
                        .filter(found -> found.outcome() == Verification.Outcome.Verified)
                        .isPresent();
    }

    private boolean repetitionAccepted() {
        return handOver.situation()
                .accepted(Risk.RepeatedOutput, handOver.change().id());
    }

    private Refusal repetition(String found) {
        return Refusal.consent(
                Reasons.REPEATED_OUTPUT,
                handOver.newName() + " was given up, but its job has completed " + found
                        + "; resuming the old job from savepoint "
                        + handOver.change().savepoint() + " would write again what was written since",
                Risk.RepeatedOutput,
                handOver.change().id());
    }

    private StepOutcome resume(FlinkJobState old) {
        if ("suspended".equals(old.desiredState())) {
            return handOver.from()
                    .map(revision -> write(old, revision))
                    .orElseGet(() -> Wait.blocked(Refusal.stalled(
                            Reasons.REVISION_MISSING,
                            "ControllerRevision " + handOver.change().from() + " of " + handOver.oldName()
                                    + " is gone, so that its job cannot be resumed. Restore it")));
        }
        if (old.healthy() || handOver.overdue(handOver.situation().startTimeout())) {
            return clear();
        }
        return answer(old)
                .filter(result -> result.outcome() == GoResult.Outcome.Refused)
                .<StepOutcome>map(this::refused)
                .orElseGet(() -> Wait.quiet(handOver.oldName() + " is being resumed"));
    }

    private StepOutcome write(FlinkJobState old, Revision from) {
        List<Action> actions = new ArrayList<>();
        Optional<HandoverState> said =
                handOver.oldSlot().flatMap(handOver.situation().seen()::handover);
        Optional<ArmOrder> order = Optional.ofNullable(handOver.change().jobId())
                .map(abandoned -> Orders.resume(handOver, from, abandoned));
        if (order.isPresent() && !order.equals(said.flatMap(RollbackStep::order))) {
            actions.add(new Action.WriteHandover(
                    handOver.oldSlot().orElseThrow(),
                    order.get(),
                    Optional.empty(),
                    said.map(HandoverState::resourceVersion).orElse(null),
                    "order to look for a checkpoint of job " + handOver.change().jobId() + " first"));
        }
        actions.add(new Action.ApplyFlinkDeployment(
                handOver.oldSlot().orElseThrow(),
                from,
                JobContext.keepingSavepoint(old, JobRequest.running()),
                old.resourceVersion(),
                handOver.mark(UpgradeStep.ROLLBACK),
                "resumed after upgrade " + handOver.change().id() + " failed"));
        return new Write(actions, "the old job is resumed");
    }

    private static Optional<ArmOrder> order(HandoverState said) {
        return said.order() instanceof Reading.Found<ArmOrder> found ? Optional.of(found.document()) : Optional.empty();
    }

    /** What the resumed job said of its start. */
    private Optional<GoResult> answer(FlinkJobState old) {
        return handOver.oldSlot()
                .flatMap(handOver.situation().seen()::handover)
                .map(HandoverState::result)
                .flatMap(reading -> reading instanceof Reading.Found<GoResult> found
                        ? Optional.of(found.document())
                        : Optional.empty())
                .filter(result -> result.jobId().equals(old.jobId()));
    }

    /** The new job had completed a checkpoint after all: its output counts, so that the new revision goes on from there. */
    private StepOutcome refused(GoResult result) {
        return result.newerState() != null
                ? new GoOnFrom(result.newerState())
                : Wait.blocked(Refusal.stalled(
                        Reasons.START_REFUSED,
                        handOver.oldName() + " refused to resume: "
                                + result.reasons().stream()
                                        .limit(3)
                                        .map(Verdicts::words)
                                        .toList()
                                + ". Correct what it says"));
    }

    private StepOutcome clear() {
        return handOver.said().isPresent()
                ? Write.one(new Action.DeleteHandover(handOver.newSlot(), handOver.newName() + " is gone"))
                : new Finish(Change.ROLLED_BACK);
    }
}
