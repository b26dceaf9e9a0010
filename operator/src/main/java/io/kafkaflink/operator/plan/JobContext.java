package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.JobRequest.State;
import io.kafkaflink.operator.desired.JobRequest.UpgradeMode;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Map;
import java.util.Optional;

/**
 * What the decisions on one FlinkDeployment have in common, and the writes they are made of.
 *
 * @param target empty while guards or topics are in the way
 */
record JobContext(Situation situation, Slot slot, Deployed deployed, Optional<Target> target) {

    static JobContext of(Situation situation, Slot slot, Optional<Partitions> partitions) {
        Deployed deployed = Deployed.of(situation, slot);
        return new JobContext(
                situation,
                slot,
                deployed,
                partitions
                        .map(found -> PartitionSet.upToItsEnd(situation, deployed, found))
                        .map(found -> Target.of(situation, slot, deployed, found)));
    }

    Optional<Revision> wanted() {
        return target.flatMap(
                found -> found instanceof Target.Wanted wanted ? Optional.of(wanted.revision()) : Optional.empty());
    }

    /** The decision with the reason why the spec gives no revision, when it is the spec's fault. */
    JobDecision unwanted(JobDecision now) {
        return target.map(found -> found instanceof Target.Refused refused ? now.refused(refused.refusal()) : now)
                .orElse(now);
    }

    /** Why a job of this revision could not take up what the last one left, which nobody has accepted. */
    Optional<Refusal> stateRefusal(Revision revision) {
        return deployed.ran().flatMap(before -> StateGuard.refusals(before, revision).stream()
                .filter(refusal -> refusal.consent()
                        .filter(entry -> situation.accepted(entry.risk(), entry.value()))
                        .isEmpty())
                .findFirst()
                .or(() -> VersionRules.refusal(situation, before.versions(), revision.versions())));
    }

    ChangeKind kind(Revision revision) {
        return deployed.ran()
                .map(before -> ChangeClass.of(before, revision).kind())
                .filter(kind -> kind != ChangeKind.None)
                .orElse(ChangeKind.Configuration);
    }

    /** Why this revision is not tried again by itself, not even to repair a job that does not run. */
    Optional<Refusal> rejection(Revision revision) {
        return Rejection.refusal(situation.memory().rejected(), situation, revision);
    }

    /** Why this revision cannot be reached by changing the one FlinkDeployment there is. */
    Optional<Refusal> inPlaceRefusal(Revision revision) {
        return rejection(revision).or(() -> stateRefusal(revision)).or(() -> deployed.ran()
                .map(before -> ChangeClass.of(before, revision))
                .filter(ChangeClass::needsHandOver)
                .map(change -> Refusal.waiting(
                        Reasons.WAITING_FOR_RUNNING,
                        situation.reference() + ": a change of "
                                + (change.movesState()
                                        ? "state.backend"
                                        : change.kind().name())
                                + " needs a job that is RUNNING or"
                                + " SUSPENDED, since only a stop savepoint has "
                                + (change.movesState()
                                        ? "state that another backend reads"
                                        : "the offsets to go on from")
                                + ". Correct what"
                                + " keeps the job from running first; any other change of the spec is started from its"
                                + " last checkpoint")));
    }

    /** What needs a stop savepoint waits until there is a job to take it of; all else need not wait for that. */
    Revision reachable(JobDecision now, FlinkJobState job, Revision wanted) {
        JobPhase.Kind phase = now.phase().kind();
        if (phase != JobPhase.Kind.BROKEN && phase != JobPhase.Kind.STARTING) {
            return wanted;
        }
        return withoutHandOver(wanted)
                .filter(least -> Change.leadsTo(now.upgrade(), least)
                        || (phase == JobPhase.Kind.BROKEN
                                && !(job.accepted() && least.name().equals(job.revision()))))
                .orElse(wanted);
    }

    /**
     * The wanted revision with the partitions and the uids of the job that ran: new ones need its stop savepoint. Empty
     * when that is no difference.
     */
    private Optional<Revision> withoutHandOver(Revision wanted) {
        return deployed.ran()
                .filter(before -> ChangeClass.of(before, wanted).needsHandOver())
                .map(before -> Target.keeping(situation, slot, deployed, before))
                .flatMap(target ->
                        target instanceof Target.Wanted found ? Optional.of(found.revision()) : Optional.empty())
                .filter(least -> !least.name().equals(wanted.name()));
    }

    JobDecision begin(JobDecision now, ChangeKind kind, UpgradeStep step, Revision to, String savepoint) {
        String from = deployed.ran().map(Revision::name).orElse(null);
        return now.begun(kind, step, from, to.name(), savepoint, situation.now());
    }

    /** What asks for a running job, now that this change is under way (null for none). */
    JobRequest running(FlinkJobState job, UpgradeStatus change) {
        return new JobRequest(
                State.RUNNING,
                Change.is(change, ChangeKind.Repair) ? UpgradeMode.LAST_STATE : UpgradeMode.SAVEPOINT,
                initialSavepoint(job, change));
    }

    private static String initialSavepoint(FlinkJobState job, UpgradeStatus change) {
        return change != null && change.savepoint() != null ? change.savepoint() : pendingSavepoint(job);
    }

    /** Asked for until FKO has acted: without it, a resource that FKO has not touched would start without state. */
    private static String pendingSavepoint(FlinkJobState job) {
        return job.untouched()
                        && job.spec().get("job") instanceof Map<?, ?> live
                        && live.get("initialSavepointPath") instanceof String path
                ? path
                : null;
    }

    /** The same request to a FlinkDeployment that FKO may not have acted on yet. */
    static JobRequest keepingSavepoint(FlinkJobState job, JobRequest request) {
        return new JobRequest(
                request.state(), request.upgradeMode(), pendingSavepoint(job), request.savepointOnDeletion());
    }

    Action store(Revision revision) {
        return new Action.StoreRevision(revision, situation.owning(), "revision " + revision.name());
    }

    Action apply(FlinkJobState job, Revision revision, JobRequest request, String why) {
        return new Action.ApplyFlinkDeployment(slot, revision, request, job.resourceVersion(), why);
    }
}
