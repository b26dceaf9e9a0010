package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a job that does not run, so that there is no savepoint to be had. As long as Flink has the job, FKO
 * continues it from high-availability metadata. It takes any such ConfigMap of the cluster for metadata of the job: where
 * the job has left none, last-state would start it empty, so that it is deleted and made again from what it was to start
 * from.
 */
final class JobRepair {
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");
    private static final Set<String> AT_WORK = Set.of("RESTARTING", "FAILING", "RUNNING");
    /** Flink restores the job from its savepoint, after which metadata name it. */
    private static final Set<String> RESTORING = Set.of("CREATED", "INITIALIZING");

    private final JobContext context;
    private final FlinkJobState job;
    private final Revision revision;

    JobRepair(JobContext context, FlinkJobState job, Revision revision) {
        this.context = context;
        this.job = job;
        this.revision = revision;
    }

    JobDecision decide(JobDecision now) {
        Optional<Refusal> refusal = context.inPlaceRefusal(revision);
        if (refusal.isPresent()) {
            return now.refused(refusal.get());
        }
        if (job.untouched()) {
            return untouched(now);
        }
        if (job.heldStopped()) {
            return inPlace(now, context.kind(revision));
        }
        if (recoverable()) {
            return inPlace(now, ChangeKind.Repair);
        }
        if ("CANCELLING".equals(job.job())) {
            return now;
        }
        if (lost()) {
            String danger = Optional.ofNullable(Deployed.lastJob(context.situation()))
                    .or(() -> Optional.ofNullable(job.jobId()))
                    .orElse(revision.name());
            return context.situation().accepted(Risk.FreshStart, danger)
                    ? again(now, null)
                    : now.refused(StartingPoint.lost(context.situation(), danger));
        }
        return again(now, job.restorePath().orElse(null));
    }

    /** What high-availability metadata hold is the newest there is, or there is nothing and nothing was to be restored. */
    private boolean recoverable() {
        String state = String.valueOf(job.job());
        return Deployed.checkpointed(context.situation(), job)
                || AT_WORK.contains(state)
                || (RESTORING.contains(state) && job.restorePath().isEmpty());
    }

    /** Without state, whatever there is. */
    JobDecision afresh(JobDecision now) {
        return again(now, null);
    }

    private boolean ended() {
        return ENDED.contains(String.valueOf(job.job()));
    }

    /** FKO has not deployed anything: what was to be created is created with this revision, from the same savepoint. */
    private JobDecision untouched(JobDecision now) {
        JobRequest request = context.running(job, now.upgrade());
        ChangeKind kind = request.initialSavepointPath() == null ? ChangeKind.FirstStart : ChangeKind.Recreate;
        return context.begin(now, kind, UpgradeStep.APPLY, revision, request.initialSavepointPath())
                .with(
                        context.store(revision),
                        context.apply(job, revision, request, kind + " with revision " + revision.name()));
    }

    private JobDecision inPlace(JobDecision now, ChangeKind kind) {
        JobDecision begun = context.begin(now, kind, UpgradeStep.START, revision, null);
        JobRequest request = context.running(job, begun.upgrade());
        boolean asked = revision.name().equals(job.revision())
                && SpecDifference.between(FlinkDeployments.spec(revision, request), job.spec())
                        .isEmpty();
        return asked
                ? begun
                : begun.with(
                        context.store(revision),
                        context.apply(job, revision, request, kind + " to revision " + revision.name()));
    }

    /** The job made progress, and FKO does not know from where it could go on. */
    private boolean lost() {
        String last = Deployed.lastJob(context.situation());
        boolean ranItself = Deployed.ranOnce(job) || (last != null && last.equals(job.jobId()));
        if (job.restorePath().isEmpty()) {
            return last != null || ranItself || FlinkJobState.LAST_STATE.equals(job.upgradeSavepointPath());
        }
        // When a job ends FKO looks up its newest checkpoint; without a JobManager it cannot have.
        boolean lookedUp = ended() && "READY".equals(job.jobManager());
        return ranItself && !lookedUp;
    }

    /** Two writes: FKO cannot delete a job that neither runs nor has ended as long as it is to take a savepoint first. */
    private JobDecision again(JobDecision now, String savepoint) {
        JobDecision begun = context.begin(now, ChangeKind.Recreate, UpgradeStep.DELETE, revision, savepoint);
        if (!ended() && FlinkDeployments.savepointOnDeletion(job.spec())) {
            Revision present = context.deployed().applied().orElse(revision);
            JobRequest request = context.running(job, now.upgrade()).withoutSavepointOnDeletion();
            return begun.with(
                    context.store(present),
                    context.apply(job, present, request, "its job does not run, so that no savepoint can be taken"));
        }
        return begun.with(new Action.DeleteFlinkDeployment(
                context.slot(),
                job.resourceVersion(),
                "its job cannot go on by itself; it is made again with revision " + revision.name()));
    }
}
