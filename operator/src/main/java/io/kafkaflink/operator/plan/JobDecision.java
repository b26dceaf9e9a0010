package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.util.List;

/**
 * What the job does and needs.
 *
 * @param upgrade the change under way after this decision, null when there is none
 * @param lastUpgrade the last change that ended, null when there was none
 */
record JobDecision(
        JobPhase phase,
        List<Action> actions,
        List<Refusal> refusals,
        UpgradeStatus upgrade,
        LastUpgradeStatus lastUpgrade) {

    JobDecision with(Action... next) {
        return new JobDecision(phase, List.of(next), refusals, upgrade, lastUpgrade);
    }

    JobDecision refused(Refusal refusal) {
        return new JobDecision(phase, actions, List.of(refusal), upgrade, lastUpgrade);
    }

    JobDecision during(UpgradeStatus change) {
        return new JobDecision(phase, actions, refusals, change, lastUpgrade);
    }

    JobDecision in(JobPhase next) {
        return new JobDecision(next, actions, refusals, upgrade, lastUpgrade);
    }
}
