package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Revision;
import java.util.Optional;

/**
 * Going back on request to the revision before the last upgrade, and to the savepoint that it was stopped with. What was
 * written since is written again, which needs an acknowledgement of that very upgrade.
 */
final class WayBack {
    private final JobContext context;
    private final Situation situation;

    WayBack(JobContext context) {
        this.context = context;
        this.situation = context.situation();
    }

    /** Empty when nobody asks for it. */
    Optional<JobDecision> decide(JobDecision now) {
        boolean asked =
                Requests.pending(situation).filter(Requests.Request::goesBack).isPresent();
        boolean free = now.upgrade() == null;
        return asked && free ? Optional.of(goBack(now)) : Optional.empty();
    }

    private JobDecision goBack(JobDecision now) {
        LastUpgradeStatus last = now.lastUpgrade();
        Optional<Revision> to = Optional.ofNullable(last)
                .filter(WayBack::leadsBack)
                .map(LastUpgradeStatus::from)
                .map(situation.seen().revisions()::get);
        if (to.isEmpty()) {
            return now.refused(Refusal.stalled(
                    Reasons.NO_WAY_BACK,
                    situation.reference()
                            + ": a rollback was requested, and no upgrade with a savepoint before it is the"
                            + " last change. Remove the annotation kafkaflink.io/request, or change the spec"));
        }
        if (!situation.accepted(Risk.RepeatedOutput, last.id())) {
            return now.refused(Refusal.consent(
                    Reasons.REPEATED_OUTPUT,
                    situation.reference() + ": going back to revision "
                            + to.get().name() + " and savepoint "
                            + last.savepoint() + " would write again everything that was written since "
                            + last.startedAt()
                            + ". To stay, remove the annotation kafkaflink.io/request or change the spec",
                    Risk.RepeatedOutput,
                    last.id()));
        }
        return HandOverPlanner.begin(
                        context, now, ChangeKind.Rollback, Optional.of(context.slot()), to.get(), last.savepoint())
                .handling();
    }

    private static boolean leadsBack(LastUpgradeStatus last) {
        return Change.SUCCEEDED.equals(last.result())
                && last.from() != null
                && last.savepoint() != null
                && last.id() != null
                && last.offsetsCompared() != null
                && !ChangeKind.Rollback.name().equals(last.kind());
    }
}
