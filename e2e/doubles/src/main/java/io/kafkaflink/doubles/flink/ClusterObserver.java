package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.doubles.flink.Memory.HangingCall;
import io.kafkaflink.doubles.flink.RuntimeFacts.JobManagerPod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** First part of a pass: status learns what is to be seen of the cluster. */
final class ClusterObserver {

    /** How the pass goes on. */
    enum Outcome {
        /** Validate and reconcile. */
        CONTINUE,
        /** A REST call hangs: nothing more in this piece. */
        HANGS,
        /** The pod cannot start: the pass ends here with an error. */
        POD_TROUBLE
    }

    private final Pass pass;
    private final StatusDraft draft;
    private final RuntimeFacts facts;

    ClusterObserver(Pass pass) {
        this.pass = pass;
        this.draft = pass.draft;
        this.facts = pass.facts;
    }

    Outcome observe() {
        boolean cancelling = draft.jobState()
                .filter(state -> state == FlinkJobState.CANCELLING)
                .isPresent();
        if (!draft.neverDeployed() && draft.upgrading() && !cancelling && draft.observes(facts.deployed())) {
            draft.alreadyDeployed();
        }
        if (draft.neverDeployed()
                || (draft.upgrading() && !cancelling)
                || draft.lastSpec().state() == DesiredState.SUSPENDED) {
            return Outcome.CONTINUE;
        }
        if (draft.jobManager != JobManagerStatus.READY) {
            Outcome outcome = observeJobManager();
            if (outcome != Outcome.CONTINUE) {
                return outcome;
            }
        }
        if (draft.jobManager == JobManagerStatus.READY) {
            Outcome outcome = observeJob();
            if (outcome != Outcome.CONTINUE) {
                return outcome;
            }
        }
        if (draft.jobManager != JobManagerStatus.ERROR && draft.stable()) {
            draft.error = Optional.empty();
        }
        dropOldSnapshots();
        return Outcome.CONTINUE;
    }

    private Outcome observeJobManager() {
        if (draft.jobManager == JobManagerStatus.DEPLOYED_NOT_READY) {
            draft.jobManager = JobManagerStatus.READY;
            return Outcome.CONTINUE;
        }
        if (facts.jobManager() == JobManagerPod.ABSENT) {
            throw new NotRecorded("the JobManager Deployment of " + pass.resource.key()
                    + " vanished without the operator having deleted it");
        }
        boolean answers = !(facts.rest() instanceof RuntimeFacts.Silent);
        if (facts.jobManager() == JobManagerPod.AVAILABLE && answers) {
            draft.jobManager = JobManagerStatus.DEPLOYED_NOT_READY;
        } else if (facts.trouble().isPresent()) {
            return podTrouble(facts.trouble().get());
        } else {
            draft.jobManager = JobManagerStatus.DEPLOYING;
        }
        return Outcome.CONTINUE;
    }

    private Outcome podTrouble(RuntimeFacts.PodTrouble trouble) {
        draft.jobState(FlinkJobState.RECONCILING);
        if (draft.jobManager == JobManagerStatus.ERROR) {
            return Outcome.CONTINUE;
        }
        draft.jobManager = JobManagerStatus.ERROR;
        draft.error = Optional.of(StatusError.podTrouble(trouble));
        pass.publish(true, trouble.reason(), trouble.message(), "JobManagerDeployment");
        return Outcome.POD_TROUBLE;
    }

    private Outcome observeJob() {
        boolean silent = facts.rest() instanceof RuntimeFacts.Silent;
        Optional<HangingCall> call = pass.memory.call().or(this::newCall);
        if (call.isPresent() && (silent || call.get().timesOut())) {
            Duration waited = Duration.between(call.get().since(), pass.now);
            if (waited.compareTo(pass.settings.restTimeout()) >= 0) {
                return timedOut();
            }
            pass.memory = pass.memory.with(call.get());
            return Outcome.HANGS;
        }
        if (facts.rest() instanceof RuntimeFacts.Job job) {
            sawJob(job);
        } else {
            noJob();
        }
        return Outcome.CONTINUE;
    }

    private Optional<HangingCall> newCall() {
        return facts.rest() instanceof RuntimeFacts.Silent silent
                ? Optional.of(new HangingCall(pass.now, silent.timesOut()))
                : Optional.empty();
    }

    private Outcome timedOut() {
        if (draft.running()) {
            draft.jobState(FlinkJobState.RECONCILING);
        }
        draft.jobManager = JobManagerStatus.DEPLOYING;
        return observeJobManager();
    }

    private void noJob() {
        pass.publish(true, "Missing", StatusError.JOB_NOT_FOUND, "Job");
        draft.jobState(FlinkJobState.RECONCILING);
        draft.error = Optional.of(StatusError.JOB_NOT_FOUND);
    }

    private void sawJob(RuntimeFacts.Job job) {
        FlinkJobState before = draft.jobState().orElse(FlinkJobState.RECONCILING);
        draft.seen(job.state(), pass.resource.key().name(), job.startTime(), pass.now);
        if (before != job.state()) {
            pass.publish(false, "JobStatusChanged", "Job status changed from " + before + " to " + job.state(), "Job");
        }
        if (job.state() == FlinkJobState.FAILED) {
            failed(job, before);
        }
        if (job.state().terminal()) {
            job.lastCheckpoint().ifPresent(path -> draft.savepointPath(Optional.of(path)));
        }
        if (job.state() == FlinkJobState.RUNNING || job.state() == FlinkJobState.FINISHED) {
            draft.markStable();
        }
        describeCluster(job);
    }

    private void failed(RuntimeFacts.Job job, FlinkJobState before) {
        job.failure().ifPresent(failure -> {
            draft.error = Optional.of(StatusError.job(failure));
            if (before != FlinkJobState.FAILED) {
                pass.publish(true, "Error", failure.message(), "Job");
            }
        });
    }

    private void describeCluster(RuntimeFacts.Job job) {
        FlinkSpec spec = draft.lastSpec();
        int slots = Integer.parseInt(spec.configuration().getOrDefault("taskmanager.numberOfTaskSlots", "1"));
        int managers = (spec.parallelism() + slots - 1) / slots;
        draft.cluster(
                Map.of("flink-version", facts.flinkVersion()),
                job.state().terminal()
                        ? new FlinkStatus.TaskManagers("", 0)
                        : new FlinkStatus.TaskManagers(
                                "component=taskmanager,app="
                                        + pass.resource.key().name(),
                                managers));
    }

    /** With a running job the operator keeps the newest UPGRADE snapshots only. */
    private void dropOldSnapshots() {
        if (!draft.running()) {
            return;
        }
        List<StateSnapshot> kept = pass.snapshots.stream()
                .filter(StateSnapshot::upgradeKind)
                .filter(snapshot -> !snapshot.deleting())
                .sorted(Comparator.comparingLong(StateSnapshot::created))
                .toList();
        kept.subList(0, Math.max(0, kept.size() - pass.settings.keptSnapshots()))
                .forEach(snapshot -> pass.effect(new Effect.DeleteSnapshot(snapshot.name())));
    }
}
