package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.JobRequest.State;
import io.kafkaflink.operator.desired.JobRequest.UpgradeMode;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.HandoverState;
import java.util.Optional;

/** A pipeline without a FlinkDeployment: its first start, or one that has to be made again. */
final class JobStart {
    private final JobContext context;
    private final Situation situation;

    JobStart(JobContext context) {
        this.context = context;
        this.situation = context.situation();
    }

    JobDecision decide() {
        String name = "FlinkDeployment " + situation.id().namespace() + "/"
                + context.slot().deploymentName(situation.id());
        JobDecision now = JobDecision.of(JobPhase.absent("there is no " + name + " yet"), situation);
        boolean cannotKnow = !situation.seen().missingDefinitions().isEmpty();
        if (situation.suspendWanted() && !cannotKnow) {
            return now.closed(Change.SUPERSEDED, null, situation.now())
                    .in(JobPhase.suspended("suspended; there is no " + name + " to stop"));
        }
        return context.wanted().map(revision -> start(now, revision)).orElseGet(() -> context.unwanted(now));
    }

    private JobDecision start(JobDecision now, Revision revision) {
        StartingPoint from = StartingPoint.of(situation);
        if (from instanceof StartingPoint.Unknown unknown) {
            return now.refused(unknown.refusal());
        }
        if (from instanceof StartingPoint.Again again && again.savepoint() != null) {
            return recreate(now, revision, again.savepoint());
        }
        if (from instanceof StartingPoint.Again) {
            return first(now, ChangeKind.Recreate, revision, null);
        }
        String restored = RestoredState.savepoint(situation);
        Optional<Refusal> found = restored == null ? StartingPoint.found(situation) : Optional.empty();
        return found.map(now::refused).orElseGet(() -> first(now, ChangeKind.FirstStart, revision, restored));
    }

    private JobDecision first(JobDecision now, ChangeKind kind, Revision revision, String savepoint) {
        return context.rejection(revision)
                .map(now::refused)
                .orElseGet(() -> HandOverPlanner.begin(context, now, kind, Optional.empty(), revision, savepoint));
    }

    /** What was deployed comes first, when the wanted revision cannot take up its state without a stop of its own. */
    private JobDecision recreate(JobDecision now, Revision wanted, String savepoint) {
        Optional<Refusal> refusal = context.inPlaceRefusal(wanted);
        Optional<Revision> revision =
                refusal.isEmpty() ? Optional.of(wanted) : context.deployed().ran();
        if (revision.isEmpty()) {
            return now.refused(refusal.orElseThrow());
        }
        String why = ChangeKind.Recreate + " of revision " + revision.get().name() + " from savepoint " + savepoint;
        JobRequest request = new JobRequest(State.RUNNING, UpgradeMode.SAVEPOINT, savepoint);
        JobDecision begun = context.begin(now, ChangeKind.Recreate, UpgradeStep.APPLY, revision.get(), savepoint);
        return begun.in(JobPhase.starting(why))
                .with(
                        context.store(revision.get()),
                        new Action.WriteHandover(
                                context.slot(),
                                Orders.told(situation, begun.upgrade().id(), revision.get(), savepoint),
                                Optional.empty(),
                                situation
                                        .seen()
                                        .handover(context.slot())
                                        .map(HandoverState::resourceVersion)
                                        .orElse(null),
                                "dangers accepted for revision "
                                        + revision.get().name()),
                        new Action.ApplyFlinkDeployment(context.slot(), revision.get(), request, null, why));
    }
}
