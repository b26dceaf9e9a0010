package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.operator.api.v1alpha1.PlanStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** The consent of a person to a change that is armed; its id is that of the upgrade, so that it never covers another. */
final class Approval {
    /** What changes took on a real cluster with TaskManagers that were up before the stop, and without. */
    private static final Duration WARM = Duration.ofSeconds(6);

    private static final Duration LEAN = Duration.ofSeconds(16);

    private Approval() {}

    static boolean given(HandOver handOver) {
        UpgradeSpec upgrade = handOver.situation().spec().upgrade();
        return upgrade.approval() == UpgradeSpec.Approval.Automatic
                || handOver.change().id().equals(upgrade.approvedPlan());
    }

    static Refusal awaited(HandOver handOver) {
        return Refusal.waiting(
                Reasons.AWAITING_APPROVAL,
                "spec.upgrade.approvedPlan: the change to revision "
                        + handOver.change().to()
                        + " is armed and waits; status.plan says what it does. To let it go on set approvedPlan to '"
                        + handOver.change().id() + "'");
    }

    static Cause expired(HandOver handOver) {
        return new Cause(
                Reasons.APPROVAL_EXPIRED,
                "the change to revision " + handOver.change().to() + " was not approved within "
                        + handOver.situation().approvalTimeout().toSeconds()
                        + "s (spec.upgrade.stepTimeouts.approval); raise spec.upgrade.retryNonce to arm it again");
    }

    /** For status, as soon as there is a verdict. */
    static PlanStatus plan(HandOver handOver, ArmVerdict verdict) {
        return new PlanStatus(
                handOver.change().id(),
                handOver.change().kind(),
                steps(handOver),
                true,
                verdict.verdict().name(),
                downtime(handOver),
                handOver.from()
                        .flatMap(from -> handOver.to().map(to -> VersionRules.irreversible(from, to)))
                        .orElse(false),
                accepted(handOver));
    }

    /** How long there will be no output, as in {@code 6s}. */
    static String downtime(HandOver handOver) {
        boolean lean = handOver.situation().spec().upgrade().strategy() == UpgradeSpec.Strategy.Lean;
        return (lean ? LEAN : WARM).toSeconds() + "s";
    }

    static List<String> steps(HandOver handOver) {
        return EnumSet.range(UpgradeStep.ARM, UpgradeStep.SETTLE).stream()
                .filter(step -> step != UpgradeStep.STOP || !handOver.first())
                .filter(step -> step != UpgradeStep.DRAIN || handOver.drains())
                .map(step -> step.number() + " " + step.text())
                .toList();
    }

    private static List<String> accepted(HandOver handOver) {
        List<Acknowledgement> entries = handOver.situation().spec().upgrade().acknowledge();
        return entries.stream().map(Refusal::snippet).toList();
    }
}
