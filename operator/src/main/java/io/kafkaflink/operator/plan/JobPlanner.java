package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what the FlinkDeployment in the pipeline's slot needs. The procedure is numbered in the package
 * documentation.
 */
final class JobPlanner {
    private final JobContext context;
    private final Situation situation;
    private final Slot slot;

    private JobPlanner(JobContext context) {
        this.context = context;
        this.situation = context.situation();
        this.slot = context.slot();
    }

    /**
     * Decides.
     *
     * @param partitions empty while guards or topics are in the way: then nothing is started or changed, but a job
     *     can still be suspended
     */
    static JobDecision plan(Situation situation, Slot slot, Optional<Partitions> partitions) {
        JobContext context = JobContext.of(situation, slot, partitions);
        JobDecision decision = decide(context);
        if (situation.change().filter(Change::isHandOver).isPresent() && decision.upgrade() == null) {
            // What comes next is decided at once: in between the pipeline would look as if all was done.
            Situation ended = situation.after(decision);
            JobContext next = JobContext.of(ended, Slots.of(ended).current(), partitions);
            JobDecision following = decide(next).forgetting(next.wanted());
            return decision.handled() ? following.handling() : following;
        }
        return decision.forgetting(context.wanted());
    }

    private static JobDecision decide(JobContext context) {
        Situation situation = context.situation();
        Slot slot = context.slot();
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        if (situation.change().filter(Change::isHandOver).isPresent()) {
            return new HandOverPlanner(situation, context.target())
                    .plan(JobDecision.of(JobPhase.absent("an upgrade is under way"), situation));
        }
        Optional<FlinkJobState> second = situation.seen().flinkJob(slot.other());
        if (job.isPresent() && second.isPresent()) {
            JobDecision now = JobDecision.of(new JobReading(job.get(), situation).phase(), situation);
            return Leftover.isArmedOnly(second.get())
                    ? now.doing(Leftover.removal(situation, slot).stream().toList())
                    : now.refused(Leftover.twoJobs(situation));
        }
        JobDecision decision =
                job.isPresent() ? new JobPlanner(context).present(job.get()) : new JobStart(context).decide();
        return decision.actions().isEmpty() && decision.upgrade() == null && job.isPresent()
                ? decision.doing(Leftover.removal(situation, slot).stream().toList())
                : decision;
    }

    private JobDecision present(FlinkJobState job) {
        JobDecision now = JobDecision.of(new JobReading(job, situation).phase(), situation);
        if (job.deleting()) {
            return now.in(JobPhase.deleting(
                    job.running(),
                    job.reference(situation.id().namespace()) + " is being deleted; the Flink operator lets it go once"
                            + " its job is stopped, and it is made again when it is gone. If this lasts, see the Flink"
                            + " operator's Events"));
        }
        JobDecision seen = progress(now, job);
        if (seen.phase().kind() == JobPhase.Kind.COMPLETED) {
            return new WayBack(context).decide(seen).orElseGet(() -> new CompletedJob(context, job).decide(seen));
        }
        if (situation.suspendWanted()) {
            return suspend(seen, job);
        }
        Optional<JobDecision> back = new WayBack(context).decide(seen);
        if (back.isPresent()) {
            return back.get();
        }
        return "suspended".equals(job.desiredState()) ? resume(seen, job) : run(seen, job);
    }

    /** Moves the change under way on, or closes it, by what is seen of it. It never goes back a step. */
    private JobDecision progress(JobDecision now, FlinkJobState job) {
        UpgradeStatus change = now.upgrade();
        if (change == null || !change.to().equals(job.revision()) || Change.in(change, UpgradeStep.DELETE)) {
            return now;
        }
        boolean suspending = Change.is(change, ChangeKind.Suspend);
        return switch (now.phase().kind()) {
            case RUNNING -> suspending ? now : succeeded(now, job);
            case SUSPENDED -> suspending ? succeeded(now, job) : now;
            case COMPLETED -> suspending ? now : succeeded(now, job);
            case STARTING -> suspending ? now : now.at(UpgradeStep.START, situation.now());
            case STOPPING, BROKEN, ABSENT -> now;
        };
    }

    /** A job that went on under the same id was not restarted from anything. */
    private JobDecision succeeded(JobDecision now, FlinkJobState job) {
        boolean restarted = now.phase().kind() == JobPhase.Kind.SUSPENDED
                || !Objects.equals(job.jobId(), Deployed.lastJob(situation));
        return now.closed(Change.SUCCEEDED, restarted ? job.restorePath().orElse(null) : null, situation.now());
    }

    private JobDecision suspend(JobDecision now, FlinkJobState job) {
        if ("suspended".equals(job.desiredState())) {
            return now;
        }
        // FKO leaves a resource that it has not started, or is about to start, without ever calling it suspended.
        if (job.untouched() || job.heldStopped()) {
            return now;
        }
        Optional<Revision> revision = context.deployed().reconciled().or(context::wanted);
        if (revision.isEmpty()) {
            return now.refused(revisionMissing(job));
        }
        return context.begin(now, ChangeKind.Suspend, UpgradeStep.APPLY, revision.get(), null)
                .with(
                        context.store(revision.get()),
                        context.apply(job, revision.get(), JobRequest.suspended(), "suspend with savepoint"));
    }

    private JobDecision resume(JobDecision now, FlinkJobState job) {
        Optional<Revision> revision = context.wanted();
        if (revision.isEmpty()) {
            return context.unwanted(now);
        }
        // FKO merges a suspend that it has not acted on with the resume; let the stop be seen first.
        if (!job.suspended() && job.running() && !stopOverdue()) {
            return now;
        }
        boolean same = revision.get().name().equals(job.revision());
        boolean proven = job.stopSavepoint()
                .filter(path -> SavepointLedger.proven(situation, path))
                .isPresent();
        boolean drains = PartitionSet.drains(context.deployed().applied(), revision);
        // What it left unread of its partitions is read by a job that reads no others.
        if (same || !job.suspended() || !proven || drains) {
            Revision deployed = context.deployed().applied().orElse(revision.get());
            return inPlace(now, job, same ? revision.get() : deployed, ChangeKind.Resume);
        }
        return change(now, revision.get(), ChangeKind.Resume);
    }

    private JobDecision run(JobDecision now, FlinkJobState job) {
        Optional<Revision> wanted = context.wanted();
        if (wanted.isEmpty()) {
            return context.unwanted(context.deployed()
                    .applied()
                    .map(stored -> repairDrift(now, job, stored))
                    .orElse(now));
        }
        return run(now, job, context.reachable(now, job, wanted.get()));
    }

    private JobDecision run(JobDecision now, FlinkJobState job, Revision revision) {
        if (beingMadeAgain(now, revision) || (revision.name().equals(job.revision()) && waitsForever(now, job))) {
            return new JobRepair(context, job, revision).decide(now);
        }
        if (revision.name().equals(job.revision())) {
            return RefusedStart.of(context, job)
                    .map(refused -> refused.decide(now, revision))
                    .orElseGet(() -> settled(now, job, revision));
        }
        if (takenBack(job, revision)) {
            return now.closed(Change.SUPERSEDED, null, situation.now())
                    .with(
                            context.store(revision),
                            context.apply(
                                    job,
                                    revision,
                                    context.running(job, null),
                                    "back to revision " + revision.name() + ", which was never left"));
        }
        return switch (now.phase().kind()) {
            case RUNNING -> change(now, revision, context.kind(revision));
            case STOPPING -> takeBack(now, job, revision);
            case BROKEN -> new JobRepair(context, job, revision).decide(now);
            // Neither a savepoint nor a repair is possible while it comes up; the limit of the start ends this.
            case STARTING, SUSPENDED, COMPLETED, ABSENT -> now;
        };
    }

    /** The first of the two writes is done that make a job again with this revision, and the job has not come to run. */
    private static boolean beingMadeAgain(JobDecision now, Revision revision) {
        return Change.in(now.upgrade(), UpgradeStep.DELETE)
                && Change.leadsTo(now.upgrade(), revision)
                && (now.phase().kind() == JobPhase.Kind.STARTING || now.phase().kind() == JobPhase.Kind.BROKEN);
    }

    /** FKO takes up our last write only with a savepoint, and there is no job to take it of. */
    private static boolean waitsForever(JobDecision now, FlinkJobState job) {
        return now.phase().kind() == JobPhase.Kind.BROKEN
                && !job.accepted()
                && !job.untouched()
                && !job.heldStopped()
                && !Reasons.FLINK_SPEC_REFUSED.equals(now.phase().reason());
    }

    /** The job of this very revision goes on, and FKO has not acted on what was applied in between. */
    private boolean takenBack(FlinkJobState job, Revision revision) {
        return !job.accepted()
                && !job.untouched()
                && !job.heldStopped()
                && context.deployed()
                        .reconciled()
                        .filter(before -> before.name().equals(revision.name()))
                        .isPresent();
    }

    /** A job that runs on because FKO has not acted on a write of ours: what it runs is written again, to change it then. */
    private JobDecision takeBack(JobDecision now, FlinkJobState job, Revision wanted) {
        boolean refused = Reasons.FLINK_SPEC_REFUSED.equals(now.phase().reason());
        return context.deployed()
                .reconciled()
                .filter(runs -> !runs.name().equals(job.revision()))
                .map(runs -> now.closed(Change.SUPERSEDED, null, situation.now())
                        .with(
                                context.store(runs),
                                context.apply(
                                        job,
                                        runs,
                                        context.running(job, null),
                                        "back to revision " + runs.name() + ", which was never left")))
                // FKO would refuse to stop it too: another spec is all that it takes.
                .orElseGet(() -> refused ? inPlace(now, job, wanted, context.kind(wanted)) : now);
    }

    private JobDecision change(JobDecision now, Revision revision, ChangeKind kind) {
        Optional<Refusal> refusal = context.stateRefusal(revision).or(() -> context.rejection(revision));
        return refusal.map(now::refused)
                .orElseGet(() -> HandOverPlanner.begin(context, now, kind, Optional.of(slot), revision, null));
    }

    private JobDecision inPlace(JobDecision now, FlinkJobState job, Revision revision, ChangeKind kind) {
        Optional<Refusal> refusal = context.inPlaceRefusal(revision);
        if (refusal.isPresent()) {
            return now.refused(refusal.get());
        }
        JobDecision begun = context.begin(now, kind, UpgradeStep.START, revision, null);
        return begun.with(
                context.store(revision),
                context.apply(
                        job,
                        revision,
                        context.running(job, begun.upgrade()),
                        kind + " to revision " + revision.name()));
    }

    /** The wanted revision is applied: a change to something else was given up, and nobody may have touched ours. */
    private JobDecision settled(JobDecision now, FlinkJobState job, Revision revision) {
        boolean givenUp = now.upgrade() != null
                && (!Change.leadsTo(now.upgrade(), revision)
                        || Change.is(now.upgrade(), ChangeKind.Suspend)
                        || Change.in(now.upgrade(), UpgradeStep.DELETE));
        return repairDrift(givenUp ? now.closed(Change.SUPERSEDED, null, situation.now()) : now, job, revision);
    }

    private JobDecision repairDrift(JobDecision now, FlinkJobState job, Revision revision) {
        JobRequest request = context.running(job, now.upgrade());
        Optional<String> difference = SpecDifference.between(FlinkDeployments.spec(revision, request), job.spec());
        if (difference.isEmpty()) {
            return situation.seen().revisions().containsKey(revision.name()) ? now : now.with(context.store(revision));
        }
        return now.with(context.store(revision), context.apply(job, revision, request, "drift: " + difference.get()));
    }

    private boolean stopOverdue() {
        return situation
                .change()
                .filter(change -> situation.since(change.stepStartedAt()).compareTo(situation.savepointTimeout()) > 0)
                .isPresent();
    }

    private Refusal revisionMissing(FlinkJobState job) {
        return Refusal.waiting(
                Reasons.REVISION_MISSING,
                "ControllerRevision " + situation.id().namespace() + "/" + job.revision() + " of "
                        + job.reference(situation.id().namespace())
                        + " is gone and cannot be rendered anew now, so that the job is not touched. See the other"
                        + " reasons, or restore it");
    }
}
