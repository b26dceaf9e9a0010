package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.Optional;
import java.util.stream.Collectors;

/** Step 3 Go: the job that waits, and no other, is told the savepoint; it checks that and starts, or refuses. */
final class GoStep {
    private final HandOver handOver;

    GoStep(HandOver handOver) {
        this.handOver = handOver;
    }

    StepOutcome outcome() {
        Optional<GoResult> result = handOver.result();
        if (result.isPresent()) {
            return result.get().outcome() == GoResult.Outcome.Started
                    ? Advance.to(UpgradeStep.VERIFY)
                    : back(new Cause(Reasons.START_REFUSED, refusal(result.get())));
        }
        Optional<Cause> failure = NewJobTrouble.gone(handOver)
                .or(() -> handOver.newJob().flatMap(job -> NewJobTrouble.failure(handOver, job)));
        if (failure.isPresent()) {
            return back(failure.get());
        }
        if (handOver.go().isPresent() && Completion.ofNew(handOver)) {
            return Advance.to(UpgradeStep.VERIFY);
        }
        return handOver.go().isPresent() ? waiting() : write();
    }

    /** A go that stands there is never changed: it may have been obeyed already. */
    private StepOutcome write() {
        Optional<ArmOrder> order = handOver.order();
        if (order.isEmpty()) {
            return back(new Cause(
                    Reasons.NEW_JOB_GONE,
                    "the handover ConfigMap of " + handOver.newName() + " was deleted or changed by somebody"));
        }
        if (handOver.change().savepoint() == null && !handOver.first()) {
            return back(new Cause(
                    Reasons.SAVEPOINT_UNPROVEN,
                    "status names no savepoint of " + handOver.oldName()
                            + " that the new job could go on from: somebody"
                            + " changed it. Raise spec.upgrade.retryNonce to try again"));
        }
        Optional<Cause> resumed = resumed();
        if (resumed.isPresent()) {
            return back(resumed.get());
        }
        String job = handOver.jobId().orElseThrow();
        GoOrder go = Orders.go(handOver, order.get(), job, handOver.change().savepoint());
        return Write.one(new Action.WriteHandover(
                handOver.newSlot(),
                order.get(),
                Optional.of(go),
                handOver.said().map(HandoverState::resourceVersion).orElseThrow(),
                "go to job " + go.jobId()
                        + (go.savepoint() == null ? ", without state" : " from savepoint " + go.savepoint())));
    }

    /** Between the stop and this write the old job may have been started again, by hand or by what an operator left. */
    private Optional<Cause> resumed() {
        return handOver.oldJob()
                .filter(old -> old.running() || (!old.heldStopped() && !handOver.isGivenItsState()))
                .map(old -> new Cause(
                        Reasons.OLD_JOB_RESUMED,
                        handOver.oldName()
                                + " was started again by somebody after its stop, so that the new job must not"
                                + " start beside it. Raise spec.upgrade.retryNonce to try again"));
    }

    private StepOutcome waiting() {
        String waits = "job " + handOver.jobId().orElse("") + " of " + handOver.newName() + " checks "
                + (handOver.change().savepoint() == null
                        ? "its start"
                        : "savepoint " + handOver.change().savepoint())
                + handOver.unreadable(HandoverState::result)
                        .map(found -> "; its key 'result' cannot be used: " + found)
                        .orElse("");
        return handOver.overdue(handOver.situation().handoverTimeout())
                ? back(new Cause(
                        Reasons.HANDOVER_OVERDUE,
                        waits + " for over "
                                + handOver.situation().handoverTimeout().toSeconds()
                                + "s (spec.upgrade.stepTimeouts.handover). See its JobManager's log"))
                : Wait.quiet(waits);
    }

    private String refusal(GoResult result) {
        return "the new job of " + handOver.newName() + " refused to start: "
                + result.reasons().stream().limit(3).map(Verdicts::words).collect(Collectors.joining(". "));
    }

    private StepOutcome back(Cause cause) {
        return new TakeBack(handOver.first() ? UpgradeStep.ABORT : UpgradeStep.ROLLBACK, cause);
    }
}
