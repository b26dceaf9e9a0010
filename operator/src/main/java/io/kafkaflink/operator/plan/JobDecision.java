package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Instant;
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

    static JobDecision of(JobPhase phase, Situation situation) {
        return new JobDecision(
                phase,
                List.of(),
                List.of(),
                situation.change().orElse(null),
                situation.memory().lastUpgrade());
    }

    JobDecision with(Action... next) {
        return new JobDecision(phase, List.of(next), refusals, upgrade, lastUpgrade);
    }

    JobDecision refused(Refusal refusal) {
        return new JobDecision(phase, actions, List.of(refusal), upgrade, lastUpgrade);
    }

    JobDecision in(JobPhase next) {
        return new JobDecision(next, actions, refusals, upgrade, lastUpgrade);
    }

    /** The change under way in another step. */
    JobDecision at(UpgradeStep step, Instant now) {
        return new JobDecision(phase, actions, refusals, Change.at(upgrade, null, step, now), lastUpgrade);
    }

    /** This change, in the place of any other that was under way. */
    JobDecision begun(ChangeKind kind, UpgradeStep step, String from, String to, String savepoint, Instant now) {
        if (Change.same(upgrade, kind, to, savepoint)) {
            return new JobDecision(phase, actions, refusals, Change.at(upgrade, kind, step, now), lastUpgrade);
        }
        JobDecision free = upgrade == null ? this : closed(Change.SUPERSEDED, null, now);
        String taken = free.lastUpgrade == null ? null : free.lastUpgrade.id();
        return new JobDecision(
                phase, actions, refusals, Change.begin(taken, kind, step, from, to, savepoint, now), free.lastUpgrade);
    }

    /**
     * The change under way has ended.
     *
     * @param savepoint what the job was started from, null for what the change says
     */
    JobDecision closed(String result, String savepoint, Instant now) {
        return upgrade == null
                ? this
                : new JobDecision(phase, actions, refusals, null, Change.close(upgrade, result, savepoint, now));
    }
}
