package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PlanStatus;
import io.kafkaflink.operator.api.v1alpha1.RejectedStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the job does and needs.
 *
 * @param upgrade the change under way after this decision, null when there is none
 * @param lastUpgrade the last change that ended, null when there was none
 * @param rejected what was tried and taken back, null for nothing
 * @param handled the request that was pending is carried out with this
 * @param planned what the change under way is going to do, null before that is known
 */
record JobDecision(
        JobPhase phase,
        List<Action> actions,
        List<Refusal> refusals,
        UpgradeStatus upgrade,
        LastUpgradeStatus lastUpgrade,
        RejectedStatus rejected,
        PlanStatus planned,
        boolean handled) {

    static JobDecision of(JobPhase phase, Situation situation) {
        return new JobDecision(
                phase,
                List.of(),
                List.of(),
                situation.change().orElse(null),
                situation.memory().lastUpgrade(),
                situation.memory().rejected(),
                situation.change().isPresent() ? situation.memory().plan() : null,
                false);
    }

    JobDecision with(Action... next) {
        return doing(List.of(next));
    }

    JobDecision doing(List<Action> next) {
        return new JobDecision(phase, next, refusals, upgrade, lastUpgrade, rejected, planned, handled);
    }

    JobDecision refused(Refusal refusal) {
        return new JobDecision(phase, actions, List.of(refusal), upgrade, lastUpgrade, rejected, planned, handled);
    }

    JobDecision in(JobPhase next) {
        return new JobDecision(next, actions, refusals, upgrade, lastUpgrade, rejected, planned, handled);
    }

    /** The change under way as it is now. */
    JobDecision changing(UpgradeStatus next) {
        return new JobDecision(phase, actions, refusals, next, lastUpgrade, rejected, planned, handled);
    }

    JobDecision rejecting(RejectedStatus next) {
        return new JobDecision(phase, actions, refusals, upgrade, lastUpgrade, next, planned, handled);
    }

    /** A rejection is over once the spec asks for something else. */
    JobDecision forgetting(Optional<Revision> wanted) {
        boolean other = rejected != null
                && wanted.filter(revision -> !revision.inputHash().equals(rejected.inputHash()))
                        .isPresent();
        return other ? rejecting(null) : this;
    }

    JobDecision planning(PlanStatus next) {
        return new JobDecision(phase, actions, refusals, upgrade, lastUpgrade, rejected, next, handled);
    }

    /** The pending request is part of this. */
    JobDecision handling() {
        return new JobDecision(phase, actions, refusals, upgrade, lastUpgrade, rejected, planned, true);
    }

    /** The change under way in another step. */
    JobDecision at(UpgradeStep step, Instant now) {
        return changing(Change.at(upgrade, null, step, now));
    }

    /** This change, in the place of any other that was under way. */
    JobDecision begun(ChangeKind kind, UpgradeStep step, String from, String to, String savepoint, Instant now) {
        if (Change.same(upgrade, kind, to, savepoint)) {
            return changing(Change.at(upgrade, kind, step, now));
        }
        JobDecision free = upgrade == null ? this : closed(Change.SUPERSEDED, null, now);
        String taken = free.lastUpgrade == null ? null : free.lastUpgrade.id();
        return free.changing(Change.begin(taken, kind, step, from, to, savepoint, now));
    }

    /**
     * The change under way has ended.
     *
     * @param savepoint what the job was started from, null for what the change says
     */
    JobDecision closed(String result, String savepoint, Instant now) {
        return upgrade == null ? this : closed(UpgradeReport.of(upgrade, result, savepoint, now));
    }

    JobDecision closed(LastUpgradeStatus last) {
        return new JobDecision(phase, actions, refusals, null, last, rejected, null, handled);
    }
}
