package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Step 1 Arm: the new job comes up in the free slot, checks itself and waits, and the old one does not notice. A first start
 * is never given up here: nothing would be won, and the job looks again by itself.
 */
final class ArmStep {
    private final HandOver handOver;
    private final Intent intent;

    ArmStep(HandOver handOver, Intent intent) {
        this.handOver = handOver;
        this.intent = intent;
    }

    StepOutcome outcome() {
        Optional<Cause> superseded = intent.superseding(handOver);
        if (superseded.isPresent()) {
            return abort(superseded.get());
        }
        if (Completion.ofOld(handOver) && !handOver.isGivenItsState()) {
            return abort(Cause.superseded(
                    handOver.oldName() + ": its job has come to its end, so that there is nothing to" + " take over"));
        }
        if (handOver.to().isEmpty()) {
            return abort(Cause.superseded(
                    "ControllerRevision " + handOver.change().to() + " is neither stored nor what the spec asks for"));
        }
        Revision to = handOver.to().get();
        List<Action> missing = missing(to);
        return missing.isEmpty()
                ? look(to)
                : new Write(missing, missing.get(missing.size() - 1).why());
    }

    /** In this order, so that a job that comes up finds its configuration and its order. */
    private List<Action> missing(Revision to) {
        Optional<HandoverState> said = handOver.said();
        if (said.isPresent() && handOver.order().isEmpty() && handOver.newJob().isEmpty()) {
            return List.of(new Action.DeleteHandover(handOver.newSlot(), "it is left over from another upgrade"));
        }
        ArmOrder order = Orders.arm(handOver, to);
        List<Action> actions = new ArrayList<>();
        if (!handOver.situation().seen().revisions().containsKey(to.name())) {
            actions.add(intent.store(to));
        }
        if (handOver.order().filter(order::equals).isEmpty()) {
            actions.add(new Action.WriteHandover(
                    handOver.newSlot(),
                    order,
                    Optional.empty(),
                    said.map(HandoverState::resourceVersion).orElse(null),
                    order.drains()
                            ? "order to watch until " + handOver.oldName() + " has read on"
                            : "order to arm for upgrade " + handOver.change().id()));
        }
        if (handOver.newJob().isEmpty()) {
            actions.add(0, intent.store(to));
            actions.add(create(to));
        }
        return actions.stream().distinct().toList();
    }

    private Action create(Revision to) {
        return new Action.ApplyFlinkDeployment(
                handOver.newSlot(),
                to,
                JobRequest.running().withoutSavepointOnDeletion(),
                null,
                handOver.mark(UpgradeStep.ARM),
                handOver.change().kind() + " to revision " + to.name() + ": its job comes up and waits");
    }

    private StepOutcome look(Revision to) {
        FlinkJobState job = handOver.newJob().orElseThrow();
        if (job.deleting() || !to.name().equals(job.revision())) {
            return job.deleting()
                    ? Wait.quiet(handOver.newName() + " is being deleted by somebody; it is made again when it is gone")
                    : abort(Cause.superseded(handOver.newName() + " holds another revision"));
        }
        Optional<Cause> failure = NewJobTrouble.failure(handOver, job);
        if (failure.isPresent()) {
            return giveUp(failure.get());
        }
        return handOver.armed().map(verdict -> judge(verdict, to)).orElseGet(() -> unarmed(job));
    }

    private StepOutcome unarmed(FlinkJobState job) {
        Optional<Refusal> trouble = NewJobTrouble.of(handOver, job);
        Optional<String> fault = handOver.unreadable(HandoverState::armed);
        String waits = handOver.newName() + " comes up"
                + fault.map(found -> "; its key 'armed' cannot be used: " + found)
                        .orElse("");
        if (overdue()) {
            return giveUp(new Cause(
                    trouble.map(Refusal::reason).orElse(Reasons.ARM_OVERDUE),
                    trouble.map(Refusal::message).orElse(waits + " and has not reported. See its JobManager's log")
                            + ". It was given "
                            + limit().toSeconds()
                            + "s (spec.upgrade.stepTimeouts.arm)"));
        }
        return trouble.<StepOutcome>map(Wait::blocked).orElseGet(() -> Wait.quiet(waits));
    }

    private StepOutcome judge(ArmVerdict verdict, Revision to) {
        Verdicts.Judgement judgement = Verdicts.judge(handOver, verdict, to);
        if (judgement instanceof Verdicts.Judgement.Against against) {
            return giveUp(against.cause());
        }
        return approved() ? stoppable() : unapproved();
    }

    private boolean approved() {
        return handOver.first() || handOver.isGivenItsState() || Approval.given(handOver);
    }

    private StepOutcome unapproved() {
        if (handOver.overdue(handOver.situation().approvalTimeout())) {
            return abort(Approval.expired(handOver));
        }
        return Wait.blocked(Approval.awaited(handOver));
    }

    /** A savepoint can only be taken of a job that runs, and nothing else may be in its way. */
    private StepOutcome stoppable() {
        if (intent.held(handOver)) {
            return overdue()
                    ? abort(Cause.superseded("the spec is not carried out while something is in its way"))
                    : Wait.quiet("the new job is armed, and something is in the way of the spec");
        }
        if (handOver.first()) {
            return go(handOver.change().savepoint());
        }
        if (handOver.stopSavepoint().isPresent()
                || handOver.oldJob().filter(FlinkJobState::healthy).isPresent()
                || handOver.isGivenItsState()) {
            return Advance.to(handOver.drains() ? UpgradeStep.DRAIN : UpgradeStep.STOP);
        }
        if (handOver.oldJob().isEmpty()) {
            return abort(Cause.superseded(handOver.oldName() + " is gone"));
        }
        return overdue()
                ? abort(Cause.superseded(handOver.oldName() + " does not run, so that no savepoint can be taken of it"))
                : Wait.quiet("the new job is armed; " + handOver.oldName()
                        + " has to be RUNNING before it can be stopped with a savepoint");
    }

    private StepOutcome go(String savepoint) {
        return new Advance(UpgradeStep.GO, handOver.jobId().orElseThrow(), savepoint);
    }

    private StepOutcome giveUp(Cause cause) {
        return handOver.first()
                ? Wait.blocked(Refusal.stalled(cause.reason(), cause.message() + ". Change the spec to start anew"))
                : abort(cause);
    }

    /** While it drains the new job has been armed for long. */
    private Duration limit() {
        Situation situation = handOver.situation();
        return Change.in(handOver.change(), UpgradeStep.DRAIN) ? situation.drainLimit() : situation.armTimeout();
    }

    private boolean overdue() {
        return handOver.overdue(limit());
    }

    private static StepOutcome abort(Cause cause) {
        return new TakeBack(UpgradeStep.ABORT, cause);
    }
}
