package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.Finish;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Step 4 Verify: the new job has completed its first checkpoint and found every partition in it where it should be. Until
 * then nothing that it wrote is visible, and the way back is exact; afterwards going back repeats output.
 */
final class VerifyStep {
    private final HandOver handOver;
    private final Intent intent;

    VerifyStep(HandOver handOver, Intent intent) {
        this.handOver = handOver;
        this.intent = intent;
    }

    StepOutcome outcome() {
        Optional<Verification> verified = handOver.verified();
        if (verified.filter(found -> found.outcome() == Verification.Outcome.Verified)
                .isPresent()) {
            return Advance.to(UpgradeStep.SETTLE);
        }
        if (Completion.ofNew(handOver)
                && verified.filter(found -> found.checkpointId() > 0).isEmpty()) {
            // A job ends with a last checkpoint of its own, which Flink deletes; it may have been the first.
            return Advance.to(UpgradeStep.SETTLE);
        }
        if (handOver.checkpoint().isPresent()) {
            return checkpointed(verified);
        }
        if (intent.backRequested() && !handOver.first()) {
            return new TakeBack(
                    UpgradeStep.ROLLBACK,
                    new Cause(Reasons.ROLLBACK_REQUESTED, "the annotation kafkaflink.io/request asks for it"));
        }
        Optional<Cause> failure = NewJobTrouble.gone(handOver)
                .or(() -> handOver.newJob().flatMap(job -> NewJobTrouble.failure(handOver, job)))
                .or(() -> verified.map(this::failed))
                .or(this::overdue);
        if (failure.isEmpty()) {
            return Wait.quiet("job " + handOver.jobId().orElse("") + " of " + handOver.newName()
                    + " has started; its first" + " completed checkpoint is awaited");
        }
        return handOver.first() ? firstFailed(failure.get()) : Consent.of(handOver, failure.get());
    }

    /** Its output counts already. */
    private StepOutcome checkpointed(Optional<Verification> verified) {
        boolean undecided = verified.isEmpty() && !handOver.overdue(limit());
        if (undecided) {
            return Wait.quiet("the new job of " + handOver.newName() + " has completed checkpoint "
                    + handOver.checkpoint().orElseThrow() + " and verifies it");
        }
        if (intent.wanted()
                .filter(revision -> !revision.name().equals(handOver.change().to()))
                .isPresent()) {
            return Advance.to(UpgradeStep.SETTLE);
        }
        Cause cause = verified.map(this::failed)
                .orElseGet(() -> new Cause(
                        Reasons.NOT_VERIFIED,
                        "the new job of " + handOver.newName() + " has completed checkpoint "
                                + handOver.checkpoint().orElseThrow()
                                + " and has not verified it. See its JobManager's log"));
        return handOver.first()
                ? Wait.blocked(Refusal.stalled(cause.reason(), cause.message() + ". Correct it and change the spec"))
                : Consent.afterCheckpoint(handOver, cause);
    }

    private Cause failed(Verification verified) {
        return new Cause(
                verified.checkpointId() > 0 ? Reasons.NOT_VERIFIED : Reasons.NO_CHECKPOINT,
                "the new job of " + handOver.newName() + " says: "
                        + verified.reasons().stream()
                                .limit(3)
                                .map(Verdicts::words)
                                .collect(Collectors.joining(". ")));
    }

    private Optional<Cause> overdue() {
        String state = handOver.newJob().map(job -> String.valueOf(job.job())).orElse("gone");
        return handOver.overdue(limit())
                ? Optional.of(new Cause(
                        Reasons.NO_CHECKPOINT,
                        handOver.newName() + " completed no checkpoint within " + limit().toSeconds()
                                + "s (spec.upgrade.stepTimeouts.start and spec.upgrade.rollback.deadline); its job is "
                                + state + ". See the job's log"))
                : Optional.empty();
    }

    private Duration limit() {
        Duration start = handOver.situation().startTimeout();
        Duration deadline = handOver.situation().rollbackDeadline();
        return start.compareTo(deadline) < 0 ? start : deadline;
    }

    /** Nothing to go back to; the next change makes it anew, unless it is gone and may have run. */
    private StepOutcome firstFailed(Cause cause) {
        if (cause.reason().equals(Reasons.NEW_JOB_GONE)) {
            return new Finish(Change.SUPERSEDED);
        }
        return intent.superseding(handOver)
                .<StepOutcome>map(superseded -> new TakeBack(UpgradeStep.ABORT, superseded))
                .orElseGet(() -> Wait.blocked(
                        Refusal.stalled(cause.reason(), cause.message() + ". Change the spec to start anew")));
    }

    /** Whose word going back needs. */
    private static final class Consent {
        private Consent() {}

        static StepOutcome of(HandOver handOver, Cause cause) {
            if (handOver.situation().rollsBackByItself()) {
                return new TakeBack(UpgradeStep.ROLLBACK, cause);
            }
            return asked(
                    handOver,
                    cause,
                    ". It is not rolled back by itself, because spec.upgrade.rollback.mode is Manual"
                            + " or a sink is not ExactlyOnce, whose output since the start would be written again");
        }

        static StepOutcome afterCheckpoint(HandOver handOver, Cause cause) {
            return asked(
                    handOver,
                    cause,
                    ". Its output counts since that checkpoint; going back to savepoint "
                            + handOver.change().savepoint()
                            + " would write it again. A changed spec keeps the new job");
        }

        private static StepOutcome asked(HandOver handOver, Cause cause, String why) {
            String id = handOver.change().id();
            return handOver.situation().accepted(Risk.RepeatedOutput, id)
                    ? new TakeBack(UpgradeStep.ROLLBACK, cause)
                    : Wait.blocked(Refusal.consent(cause.reason(), cause.message() + why, Risk.RepeatedOutput, id));
        }
    }
}
