package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.JobRequest.State;
import io.kafkaflink.operator.desired.JobRequest.UpgradeMode;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the FlinkDeployment in the pipeline's slot needs. The procedure is numbered in the package
 * documentation.
 */
final class JobPlanner {
    private final Situation situation;
    private final Slot slot;
    private final Optional<Revision> deployed;
    private final Optional<Target> target;

    private JobPlanner(Situation situation, Slot slot, Optional<Revision> deployed, Optional<Target> target) {
        this.situation = situation;
        this.slot = slot;
        this.deployed = deployed;
        this.target = target;
    }

    /**
     * Decides.
     *
     * @param parallelism empty while guards or topics are in the way: then nothing is started or changed, but a job
     *     can still be suspended
     */
    static JobDecision plan(Situation situation, Slot slot, Optional<Integer> parallelism) {
        Optional<Revision> deployed = Deployed.revision(situation, slot);
        Optional<Target> target = parallelism.map(partitions -> Target.of(situation, deployed, partitions));
        return new JobPlanner(situation, slot, deployed, target).decide();
    }

    private JobDecision decide() {
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        if (job.isEmpty()) {
            return absent();
        }
        JobDecision now = new JobDecision(
                new JobReading(job.get(), situation).phase(),
                List.of(),
                List.of(),
                situation.memory().upgrade(),
                situation.memory().lastUpgrade());
        if (job.get().deleting()) {
            return now.in(JobPhase.absent(job.get().reference(situation.id().namespace()) + " is being deleted"));
        }
        JobDecision seen = progress(now, job.get());
        if (situation.suspendWanted()) {
            return suspend(seen, job.get());
        }
        return "suspended".equals(job.get().desiredState()) ? resume(seen, job.get()) : run(seen, job.get());
    }

    /** Moves the change under way on, or closes it, by what is seen of it. */
    private JobDecision progress(JobDecision now, FlinkJobState job) {
        UpgradeStatus change = now.upgrade();
        boolean applied =
                change != null && job.revision() != null && job.revision().equals(change.to());
        if (!applied) {
            return now;
        }
        return switch (now.phase().kind()) {
            case RUNNING -> Change.is(change, ChangeKind.Suspend) ? now : closed(now, change, job);
            case SUSPENDED -> Change.is(change, ChangeKind.Suspend) ? closed(now, change, job) : now;
            case STOPPING -> now.during(Change.at(change, UpgradeStep.STOP, situation.now()));
            case STARTING -> now.during(Change.at(change, UpgradeStep.START, situation.now()));
            case BROKEN, ABSENT -> now;
        };
    }

    private JobDecision closed(JobDecision now, UpgradeStatus change, FlinkJobState job) {
        return new JobDecision(
                now.phase(),
                now.actions(),
                now.refusals(),
                null,
                Change.close(change, "Succeeded", job.stopSavepoint().orElse(null), situation.now()));
    }

    private JobDecision absent() {
        JobDecision now = new JobDecision(
                JobPhase.absent("there is no FlinkDeployment " + slot.deploymentName(situation.id()) + " yet"),
                List.of(),
                List.of(),
                situation.memory().upgrade(),
                situation.memory().lastUpgrade());
        if (situation.suspendWanted()) {
            return now.in(JobPhase.suspended("suspended; there is no FlinkDeployment to stop"));
        }
        return wanted(now).map(revision -> start(now, revision)).orElseGet(() -> refused(now));
    }

    private JobDecision start(JobDecision now, Revision revision) {
        StartingPoint from = StartingPoint.of(situation, slot);
        if (from instanceof StartingPoint.Unknown unknown) {
            return now.refused(unknown.refusal());
        }
        return from instanceof StartingPoint.Again again
                ? create(now, ChangeKind.Recreate, revision, again.savepoint())
                : create(now, ChangeKind.FirstStart, revision, null);
    }

    private JobDecision create(JobDecision now, ChangeKind kind, Revision revision, String savepoint) {
        UpgradeStatus change = begin(kind, UpgradeStep.APPLY, revision, savepoint);
        String why =
                kind + " of revision " + revision.name() + (savepoint == null ? "" : " from savepoint " + savepoint);
        JobRequest request = new JobRequest(State.RUNNING, UpgradeMode.SAVEPOINT, savepoint);
        return now.during(change)
                .in(JobPhase.starting(why))
                .with(store(revision), new Action.ApplyFlinkDeployment(slot, revision, request, null, why));
    }

    private JobDecision suspend(JobDecision now, FlinkJobState job) {
        if ("suspended".equals(job.desiredState())) {
            return now;
        }
        Optional<Revision> revision = deployed.or(() -> wanted(now));
        if (revision.isEmpty()) {
            return now.refused(revisionMissing(job));
        }
        return now.during(begin(ChangeKind.Suspend, UpgradeStep.STOP, revision.get(), null))
                .with(apply(job, revision.get(), JobRequest.suspended(), "suspend with savepoint"));
    }

    private JobDecision resume(JobDecision now, FlinkJobState job) {
        Optional<Revision> revision = wanted(now);
        if (revision.isEmpty()) {
            return refused(now);
        }
        // FKO merges a suspend that it has not acted on with the resume; let the stop be seen first.
        if (!job.suspended() && job.running() && !stopOverdue()) {
            return now;
        }
        return change(now, job, revision.get(), ChangeKind.Resume, JobRequest.running());
    }

    private JobDecision run(JobDecision now, FlinkJobState job) {
        Optional<Revision> revision = wanted(now);
        if (revision.isEmpty()) {
            return refused(deployed.map(stored -> repairDrift(now, job, stored)).orElse(now));
        }
        if (revision.get().name().equals(job.revision())) {
            return repairDrift(now, job, revision.get());
        }
        return switch (now.phase().kind()) {
            case RUNNING, STOPPING -> change(now, job, revision.get(), kind(revision.get()), JobRequest.running());
            case BROKEN ->
                job.running()
                        ? change(now, job, revision.get(), kind(revision.get()), JobRequest.running())
                        : repair(now, job, revision.get());
            // Neither a savepoint nor a repair is possible while it comes up; the limit of the start ends this.
            case STARTING, SUSPENDED, ABSENT -> now;
        };
    }

    private JobDecision change(
            JobDecision now, FlinkJobState job, Revision revision, ChangeKind kind, JobRequest request) {
        Optional<Refusal> refusal = stateRefusal(revision);
        if (refusal.isPresent()) {
            return now.refused(refusal.get());
        }
        UpgradeStep step =
                kind == ChangeKind.Resume || kind == ChangeKind.Repair ? UpgradeStep.START : UpgradeStep.APPLY;
        return now.during(begin(kind, step, revision, null))
                .with(store(revision), apply(job, revision, request, kind + " to revision " + revision.name()));
    }

    /** The job does not run, so there is no savepoint to be had: its last completed checkpoint is the way. */
    private JobDecision repair(JobDecision now, FlinkJobState job, Revision revision) {
        boolean checkpointed =
                job.jobId() != null && situation.seen().checkpoints().containsKey(job.jobId());
        if (checkpointed) {
            return change(
                    now, job, revision, ChangeKind.Repair, new JobRequest(State.RUNNING, UpgradeMode.LAST_STATE, null));
        }
        if (StartingPoint.cameUp(situation, job)) {
            return now.refused(StartingPoint.lost(situation));
        }
        Optional<Refusal> refusal = stateRefusal(revision);
        if (refusal.isPresent() && job.stopSavepoint().isPresent()) {
            return now.refused(refusal.get());
        }
        String savepoint = job.stopSavepoint().orElse(null);
        return now.during(begin(ChangeKind.Recreate, UpgradeStep.DELETE, revision, savepoint))
                .with(new Action.DeleteFlinkDeployment(
                        slot,
                        "the job never completed a checkpoint; it is made again with revision " + revision.name()));
    }

    private JobDecision repairDrift(JobDecision now, FlinkJobState job, Revision revision) {
        JobRequest request = request(now.upgrade());
        Optional<String> difference = SpecDifference.between(FlinkDeployments.spec(revision, request), job.spec());
        if (difference.isEmpty()) {
            return situation.seen().revisions().containsKey(revision.name()) ? now : now.with(store(revision));
        }
        return now.with(store(revision), apply(job, revision, request, "drift: " + difference.get()));
    }

    /** What our last write asked for: a start from a given savepoint is asked for until it has happened. */
    private static JobRequest request(UpgradeStatus change) {
        return new JobRequest(
                State.RUNNING,
                Change.is(change, ChangeKind.Repair) ? UpgradeMode.LAST_STATE : UpgradeMode.SAVEPOINT,
                change == null ? null : change.savepoint());
    }

    private Optional<Refusal> stateRefusal(Revision revision) {
        return deployed.filter(before -> !before.name().equals(revision.name()))
                .flatMap(before -> StateGuard.refusal(Target.configuration(before), Target.configuration(revision)));
    }

    private ChangeKind kind(Revision revision) {
        return deployed.filter(before -> before.parallelism() < revision.parallelism())
                .map(before -> ChangeKind.Growth)
                .orElse(ChangeKind.Configuration);
    }

    private Optional<Revision> wanted(JobDecision now) {
        return target.flatMap(
                found -> found instanceof Target.Wanted wanted ? Optional.of(wanted.revision()) : Optional.empty());
    }

    private JobDecision refused(JobDecision now) {
        return target.map(found -> found instanceof Target.Refused refused ? now.refused(refused.refusal()) : now)
                .orElse(now);
    }

    private boolean stopOverdue() {
        UpgradeStatus change = situation.memory().upgrade();
        return change != null && situation.since(change.stepStartedAt()).compareTo(situation.savepointTimeout()) > 0;
    }

    private UpgradeStatus begin(ChangeKind kind, UpgradeStep step, Revision to, String savepoint) {
        return Change.begin(
                situation.memory().upgrade(),
                kind,
                step,
                deployed.map(Revision::name).orElse(null),
                to.name(),
                savepoint,
                situation.now());
    }

    private Action store(Revision revision) {
        return new Action.StoreRevision(revision, situation.owning(), "revision " + revision.name());
    }

    private Action apply(FlinkJobState job, Revision revision, JobRequest request, String why) {
        return new Action.ApplyFlinkDeployment(slot, revision, request, job.resourceVersion(), why);
    }

    private Refusal revisionMissing(FlinkJobState job) {
        return Refusal.waiting(
                Reasons.REVISION_MISSING,
                "ControllerRevision " + job.revision() + " of "
                        + job.reference(situation.id().namespace())
                        + " is gone and cannot be rendered anew now, so that the job is not touched. See the other"
                        + " reasons, or restore it");
    }
}
