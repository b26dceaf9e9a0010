package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus.Procedure;
import io.kafkaflink.operator.plan.JobPhase;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.plan.UpgradeStep;
import java.util.Optional;

/** The conditions Upgrading and OffsetsVerified. */
final class UpgradeConditions {
    private static final String SUCCEEDED = "Succeeded";

    private UpgradeConditions() {}

    static void set(Conditions conditions, Situation situation, Plan plan) {
        UpgradeStatus change = plan.memory().upgrade();
        conditions.set(
                Conditions.UPGRADING,
                change != null,
                change == null
                        ? Reasons.NO_UPGRADE
                        : UpgradeStep.of(change.step()).map(UpgradeStep::text).orElse(Reasons.PROGRESSING),
                change == null ? "no change is under way" : progress(change, plan.job()));
        verified(conditions, situation, plan);
    }

    /** As in {@code Growth, step 2 of 5 Stop: ...}; a step that another version of the operator wrote has no number. */
    static String progress(UpgradeStatus change, JobPhase job) {
        if (change == null) {
            return job.message();
        }
        String step = UpgradeStep.of(change.step()).map(UpgradeStep::phrase).orElse("step " + change.step());
        boolean own = change.procedure() == Procedure.HandOver && change.message() != null;
        return change.kind() + ", " + step + ": " + (own ? change.message() : job.message());
    }

    /** What the last handover has shown; while the next one is under way that stays the last word. */
    private static void verified(Conditions conditions, Situation situation, Plan plan) {
        Optional<Refusal> failed = plan.refusals().stream()
                .filter(refusal -> refusal.reason().equals(Reasons.NOT_VERIFIED))
                .findFirst();
        if (failed.isPresent()) {
            conditions.set(
                    Conditions.OFFSETS_VERIFIED,
                    false,
                    Reasons.NOT_VERIFIED,
                    failed.get().message());
            return;
        }
        LastUpgradeStatus last = plan.memory().lastUpgrade();
        if (last != null && SUCCEEDED.equals(last.result()) && last.offsetsCompared() != null) {
            conditions.set(Conditions.OFFSETS_VERIFIED, true, Reasons.OFFSETS_VERIFIED, words(last));
            return;
        }
        Conditions.find(situation.memory().conditions(), Conditions.OFFSETS_VERIFIED)
                .filter(before -> last != null && before.reason() != null && before.message() != null)
                .ifPresentOrElse(
                        before -> conditions.set(
                                Conditions.OFFSETS_VERIFIED,
                                Reasons.OFFSETS_VERIFIED.equals(before.reason()),
                                Reasons.OFFSETS_VERIFIED.equals(before.reason())
                                        ? Reasons.OFFSETS_VERIFIED
                                        : Reasons.NOTHING_VERIFIED,
                                before.message()),
                        () -> conditions.set(
                                Conditions.OFFSETS_VERIFIED,
                                false,
                                Reasons.NOTHING_VERIFIED,
                                "no job has taken over from a savepoint yet"));
    }

    private static String words(LastUpgradeStatus last) {
        if (Integer.valueOf(0).equals(last.offsetsCompared())) {
            return last.kind() + " " + last.id()
                    + ": there was no savepoint to compare with; the first checkpoint holds" + " every partition";
        }
        return last.kind() + " " + last.id() + ": " + last.offsetsCompared()
                + " partitions compared with the savepoint, " + last.offsetsRepaired()
                + " repaired in the consumer group; the first checkpoint holds every one of them";
    }
}
