package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which revision is where: applied by us, taken up by FKO, or run by a job. Told by the FlinkDeployment as far as it can,
 * so that a lost status loses nothing.
 *
 * @param applied the revision of our last write to the FlinkDeployment; without one, what status remembers
 * @param reconciled the revision that FKO last acted on; while a savepoint is awaited it is older than the applied one
 * @param ran the revision of the last job that ran, whose state the next one takes up; empty when none ever ran
 */
record Deployed(Optional<Revision> applied, Optional<Revision> reconciled, Optional<Revision> ran) {

    static Deployed of(Situation situation, Slot slot) {
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        Optional<Revision> remembered = Optional.ofNullable(situation.memory().deployed())
                .map(DeployedStatus::revision)
                .flatMap(name -> stored(situation, name));
        Optional<Revision> applied = job.map(FlinkJobState::revision)
                .map(name -> stored(situation, name))
                .orElse(remembered);
        Optional<Revision> reconciled = job.filter(found -> !found.accepted())
                .map(found -> lastActedOn(situation, found, remembered, applied))
                .orElse(applied);
        return new Deployed(applied, reconciled, ran(situation, job, remembered, reconciled));
    }

    /** A revision in store. */
    private static Optional<Revision> stored(Situation situation, String name) {
        return Optional.ofNullable(situation.seen().revisions().get(name));
    }

    /** The arguments and the parallelism in {@code lastReconciledSpec} tell, and of several revisions the remembered one. */
    private static Optional<Revision> lastActedOn(
            Situation situation, FlinkJobState job, Optional<Revision> remembered, Optional<Revision> applied) {
        return remembered
                .filter(revision -> acted(job, revision))
                .or(() -> applied.filter(revision -> acted(job, revision)))
                .or(() -> situation.seen().revisions().values().stream()
                        .filter(revision -> acted(job, revision))
                        .min(java.util.Comparator.comparing(Revision::name)))
                .or(() -> remembered)
                .or(() -> applied);
    }

    private static boolean acted(FlinkJobState job, Revision revision) {
        return job.lastReconciled()
                .filter(last -> last.args().equals(arguments(revision)) && last.parallelism() == revision.parallelism())
                .isPresent();
    }

    private static List<?> arguments(Revision revision) {
        return revision.deploymentSpec().get("job") instanceof Map<?, ?> job
                        && job.get("args") instanceof List<?> arguments
                ? arguments
                : List.of();
    }

    private static Optional<Revision> ran(
            Situation situation,
            Optional<FlinkJobState> job,
            Optional<Revision> remembered,
            Optional<Revision> reconciled) {
        DeployedStatus before = situation.memory().deployed();
        if (job.filter(Deployed::ranOnce).isPresent()) {
            return reconciled;
        }
        if (before != null && before.jobId() != null) {
            return remembered;
        }
        boolean lost = before == null && situation.change().isEmpty();
        return job.filter(found -> lost || hasState(situation, found)).flatMap(found -> reconciled);
    }

    /** A job of what FKO last acted on runs, or has run: FKO calls a spec STABLE once its job was RUNNING. */
    static boolean ranOnce(FlinkJobState job) {
        boolean asked =
                job.lastReconciled().map(last -> "running".equals(last.state())).orElse(false);
        return asked && job.jobId() != null && (job.running() || "STABLE".equals(job.lifecycle()));
    }

    private static boolean hasState(Situation situation, FlinkJobState job) {
        return job.restorePath().isPresent() || checkpointed(situation, job);
    }

    /** High-availability metadata name a checkpoint of this very job, or the savepoint that it was started from. */
    static boolean checkpointed(Situation situation, FlinkJobState job) {
        return job.jobId() != null && situation.seen().checkpoints().containsKey(job.jobId());
    }

    /** Id of the last job that was seen to run, which savepoint names refer to; null when none was. */
    static String lastJob(Situation situation) {
        DeployedStatus deployed = situation.memory().deployed();
        return deployed == null ? null : deployed.jobId();
    }

    /**
     * For status: what runs, or last ran; before that, what is to run.
     *
     * @param change the change under way after this pass: from step 5 Settle on its new job counts, whatever FKO says yet
     */
    static DeployedStatus remember(Situation situation, Slot slot, UpgradeStatus change) {
        if (Change.isHandOver(change) && Change.in(change, UpgradeStep.SETTLE) && change.jobId() != null) {
            Optional<Revision> to = stored(situation, change.to());
            Optional<Slot> reached = Slot.of(situation.id(), change.toDeployment());
            if (to.isPresent() && reached.isPresent()) {
                return status(situation, reached.get(), to.get(), change.jobId());
            }
        }
        return remember(situation, slot);
    }

    private static DeployedStatus remember(Situation situation, Slot slot) {
        DeployedStatus before = situation.memory().deployed();
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        if (job.isEmpty()) {
            return before;
        }
        String jobId = before == null ? null : before.jobId();
        Optional<String> ran = witness(situation, job.get(), jobId);
        if (before == null && ran.isEmpty() && situation.change().isEmpty()) {
            // A lost status stays lost until a job tells, or the next pass would believe that none has ever run.
            return null;
        }
        return ran.isEmpty() && jobId != null ? before : describe(situation, slot, before, ran.orElse(jobId));
    }

    /**
     * Id of the job that ran, by what the FlinkDeployment tells.
     *
     * @param known the last job that was seen to run, null when none was
     */
    private static Optional<String> witness(Situation situation, FlinkJobState job, String known) {
        boolean itself = job.restorePath()
                .filter(path -> StatePath.of(path, job.jobId()))
                .isPresent();
        if (ranOnce(job) || itself || (known == null && checkpointed(situation, job))) {
            return Optional.of(job.jobId());
        }
        return known == null ? job.restorePath().flatMap(StatePath::job) : Optional.empty();
    }

    private static DeployedStatus describe(Situation situation, Slot slot, DeployedStatus before, String jobId) {
        boolean same = before != null && jobId != null && jobId.equals(before.jobId());
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        // Between stop and start the last reconciled spec is that of the next job.
        boolean next = job.filter(FlinkJobState::heldStopped)
                .filter(found -> !found.suspended())
                .isPresent();
        if (before != null && before.revision() != null && next) {
            return same ? before : unknown(situation, slot, before, jobId);
        }
        return of(situation, slot)
                .reconciled()
                .map(revision -> status(situation, slot, revision, jobId))
                .orElseGet(() -> unknown(situation, slot, before, jobId));
    }

    private static DeployedStatus status(Situation situation, Slot slot, Revision revision, String jobId) {
        return new DeployedStatus(
                revision.name(),
                revision.inputHash(),
                revision.uids(),
                revision.parallelism(),
                revision.flinkVersion(),
                revision.connectorVersion(),
                jobId,
                slot.deploymentName(situation.id()));
    }

    /** The revision is gone from the store; which job ran must be known all the same. */
    private static DeployedStatus unknown(Situation situation, Slot slot, DeployedStatus before, String jobId) {
        return before == null
                ? new DeployedStatus(null, null, null, null, null, null, jobId, slot.deploymentName(situation.id()))
                : new DeployedStatus(
                        before.revision(),
                        before.inputHash(),
                        before.uids(),
                        before.parallelism(),
                        before.flinkVersion(),
                        before.connectorVersion(),
                        jobId,
                        before.flinkDeployment());
    }
}
