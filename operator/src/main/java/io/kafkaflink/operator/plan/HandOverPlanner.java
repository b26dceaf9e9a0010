package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.Finish;
import io.kafkaflink.operator.plan.StepOutcome.GoOnFrom;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.List;
import java.util.Optional;

/**
 * Runs the steps of a handover: through every gate that is open, up to the first write or wait. The step that is come to
 * stands in the decision and so in status before its write is made.
 */
final class HandOverPlanner {
    /** More gates than a pass can go through: steps 1 to 5 and 1b, taken back, and once more from the start. */
    private static final int MOST_GATES = 12;

    private final Situation situation;
    private final Intent intent;

    HandOverPlanner(Situation situation, Optional<Target> target) {
        this.situation = situation;
        this.intent = new Intent(situation, target);
    }

    /**
     * Begins a change by two FlinkDeployments.
     *
     * @param from slot of the one that is there, empty when there is none
     * @param savepoint what the new job starts from when that is not what the old one leaves, else null
     */
    static JobDecision begin(
            JobContext context, JobDecision now, ChangeKind kind, Optional<Slot> from, Revision to, String savepoint) {
        Situation situation = context.situation();
        UpgradeStatus change = Change.handOver(
                context.begin(now, kind, UpgradeStep.ARM, to, savepoint).upgrade(),
                from.map(slot -> slot.deploymentName(situation.id())).orElse(null),
                from.map(Slot::other).orElse(context.slot()).deploymentName(situation.id()));
        boolean retried =
                Requests.pending(situation).filter(Requests.Request::retries).isPresent();
        JobDecision begun = now.closed(Change.SUPERSEDED, null, situation.now())
                .rejecting(null)
                .changing(change);
        return new HandOverPlanner(situation, Optional.of(new Target.Wanted(to, true)))
                .plan(retried ? begun.handling() : begun);
    }

    /** @param before the decision so far, with a handover under way */
    JobDecision plan(JobDecision before) {
        JobDecision now = before;
        for (int gate = 0; gate < MOST_GATES; gate++) {
            HandOver handOver = HandOver.of(situation, now.upgrade(), intent.wanted());
            StepOutcome outcome = ArmedDrift.of(handOver)
                    .<StepOutcome>map(Write::one)
                    .orElseGet(() -> withoutWayBack(handOver, outcome(handOver)));
            if (outcome instanceof Advance advance) {
                now = now.changing(advanced(handOver, advance));
            } else if (outcome instanceof TakeBack back) {
                JobDecision taken = now.changing(takenBack(handOver, back));
                now = intent.backRequested() ? taken.handling() : taken;
            } else if (outcome instanceof GoOnFrom state) {
                now = now.changing(Change.again(now.upgrade(), state.state(), situation.now()));
            } else {
                return settled(now, handOver, outcome);
            }
        }
        throw new IllegalStateException(
                "the steps of upgrade " + before.upgrade().id() + " go in circles");
    }

    /** The old job would repeat what has been written since its savepoint; somebody has to help the new one. */
    private static StepOutcome withoutWayBack(HandOver handOver, StepOutcome outcome) {
        if (!handOver.hasNoWayBack() || !(outcome instanceof TakeBack back)) {
            return outcome;
        }
        String savepoint = handOver.change().savepoint();
        boolean arming = Change.in(handOver.change(), UpgradeStep.ARM);
        return handOver.newJob().isEmpty() && !arming
                ? new GoOnFrom(savepoint)
                : Wait.blocked(Refusal.stalled(
                        back.cause().reason(),
                        back.cause().message() + ". Only it can go on from " + savepoint
                                + ", so that nothing is taken back. Correct the cause, then delete "
                                + handOver.newName() + ", which is made again"));
    }

    private StepOutcome outcome(HandOver handOver) {
        return switch (UpgradeStep.of(handOver.change().step()).orElseThrow()) {
            case ARM -> new ArmStep(handOver, intent).outcome();
            case DRAIN -> new DrainStep(handOver, intent).outcome();
            case STOP -> new StopStep(handOver).outcome();
            case GO -> new GoStep(handOver).outcome();
            case VERIFY -> new VerifyStep(handOver, intent).outcome();
            case SETTLE -> new SettleStep(handOver).outcome();
            case ABORT -> new AbortStep(handOver).outcome();
            case ROLLBACK -> new RollbackStep(handOver).outcome();
            case APPLY, START, DELETE ->
                throw new IllegalStateException(handOver.change().step() + " is no step of a handover");
        };
    }

    private UpgradeStatus advanced(HandOver handOver, Advance advance) {
        UpgradeStatus next = Change.at(handOver.change(), null, advance.next(), situation.now());
        UpgradeStatus knowing =
                Change.knowing(next, advance.jobId(), advance.savepoint(), UpgradeReport.phases(handOver));
        return Change.saying(knowing, null);
    }

    private UpgradeStatus takenBack(HandOver handOver, TakeBack back) {
        return Change.saying(
                Change.at(handOver.change(), null, back.by(), situation.now()),
                back.cause().text());
    }

    private JobDecision settled(JobDecision now, HandOver handOver, StepOutcome outcome) {
        JobDecision planned = handOver.armed()
                .map(verdict -> now.planning(Approval.plan(handOver, verdict)))
                .orElse(now);
        if (outcome instanceof Finish finish) {
            return finished(planned, handOver, finish);
        }
        if (outcome instanceof Write write) {
            return said(planned, handOver, write.waitingFor(), Optional.empty()).doing(onePass(write.actions()));
        }
        Wait wait = (Wait) outcome;
        JobDecision waiting = said(planned, handOver, wait.waitingFor(), wait.refusal());
        return wait.refusal().map(waiting::refused).orElse(waiting);
    }

    /** Writes of one pass end with the first that touches a FlinkDeployment: its effect is looked at before the next. */
    private static List<Action> onePass(List<Action> actions) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.ApplyFlinkDeployment
                    || actions.get(i) instanceof Action.DeleteFlinkDeployment) {
                return actions.subList(0, i + 1);
            }
        }
        return actions;
    }

    private JobDecision said(JobDecision now, HandOver handOver, String words, Optional<Refusal> refusal) {
        boolean back = isTakenBack(handOver.change());
        JobDecision said = back ? now : now.changing(Change.saying(now.upgrade(), words));
        return said.in(HandOverPhase.of(handOver, words, refusal));
    }

    private JobDecision finished(JobDecision now, HandOver handOver, Finish finish) {
        JobPhase phase =
                HandOverPhase.of(handOver, "upgrade " + handOver.change().id() + " ends", Optional.empty());
        if (handOver.first() && isTakenBack(handOver.change())) {
            return neverBegun(now.in(phase), handOver);
        }
        JobDecision closed = now.in(phase).closed(UpgradeReport.of(handOver, finish.result()));
        if (Change.SUCCEEDED.equals(finish.result())) {
            return succeeded(closed, handOver);
        }
        return isTakenBack(handOver.change())
                ? handOver.cause()
                        .rejecting()
                        .map(cause -> closed.rejecting(Rejection.of(handOver, cause)))
                        .orElse(closed)
                : closed;
    }

    /** After going back on request the spec still asks for what was left; that is not done by itself. */
    private JobDecision succeeded(JobDecision closed, HandOver handOver) {
        boolean wentBack = Change.is(handOver.change(), ChangeKind.Rollback);
        return closed.rejecting(
                wentBack
                        ? intent.wanted()
                                .map(wanted -> Rejection.requested(handOver, wanted))
                                .orElse(null)
                        : null);
    }

    /** Nothing ever ran: the same first start goes on with what the spec asks for by now, when it asks for something. */
    private JobDecision neverBegun(JobDecision now, HandOver handOver) {
        Cause cause = handOver.cause();
        JobDecision told = cause.rejecting()
                .map(found -> now.rejecting(Rejection.of(handOver, found)))
                .orElse(now);
        if (situation.suspendWanted()) {
            return told.in(JobPhase.suspended("suspended before the first start"));
        }
        Optional<Revision> wanted = intent.wanted();
        Optional<Refusal> refusal = wanted.flatMap(revision -> Rejection.refusal(told.rejected(), situation, revision));
        if (wanted.isEmpty() || refusal.isPresent()) {
            JobDecision idle = told.in(JobPhase.absent("there is no " + handOver.newName() + " yet"));
            return refusal.map(idle::refused).orElse(idle);
        }
        UpgradeStatus anew = Change.handOver(
                Change.begin(
                        handOver.change().id(),
                        ChangeKind.FirstStart,
                        UpgradeStep.ARM,
                        null,
                        wanted.get().name(),
                        RestoredState.savepoint(situation),
                        situation.now()),
                null,
                handOver.change().toDeployment());
        return plan(told.closed(UpgradeReport.of(handOver, Change.SUPERSEDED))
                .rejecting(null)
                .changing(anew));
    }

    private static boolean isTakenBack(UpgradeStatus change) {
        return Change.in(change, UpgradeStep.ABORT) || Change.in(change, UpgradeStep.ROLLBACK);
    }
}
