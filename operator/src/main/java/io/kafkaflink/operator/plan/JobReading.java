package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Reads what a FlinkDeployment's job does. FKO never gives up and its STABLE lies, so every wait has a limit here. */
final class JobReading {
    /** A JobManager reads ERROR for some seconds of a healthy start (measured), and longer when its image is missing. */
    static final Duration ERROR_GRACE = Duration.ofMinutes(1);
    /** FKO takes up a resource within seconds. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Set<String> OVER = Set.of("FAILED", "CANCELED");
    private static final Set<String> SHAKEN = Set.of("RESTARTING", "FAILING");

    private final FlinkJobState job;
    private final String name;
    private final Situation situation;
    private final String error;

    JobReading(FlinkJobState job, Situation situation) {
        this.job = job;
        this.name = job.reference(situation.id().namespace());
        this.situation = situation;
        this.error = job.error() == null
                ? ""
                : ": " + job.error().type() + ": " + job.error().message();
    }

    JobPhase phase() {
        if (job.healthy()) {
            return JobPhase.running(name + " runs with parallelism "
                    + job.lastReconciled().orElseThrow().parallelism());
        }
        if (Completion.of(situation, job)) {
            return JobPhase.completed(
                    name + ": the job has read everything up to its end and finished; nothing is left" + " to do");
        }
        if (job.suspended()) {
            return JobPhase.suspended(
                    name + " is stopped; state is kept in " + job.restorePath().orElse("high-availability metadata"));
        }
        if (job.observedGeneration() == null) {
            return unseen();
        }
        return job.accepted() ? comingUp() : unaccepted();
    }

    private JobPhase unseen() {
        Instant since = situation.change().map(UpgradeStatus::stepStartedAt).orElse(job.createdAt());
        return situation.since(since).compareTo(SILENCE) > 0
                ? silent("has had no status")
                : JobPhase.starting(name + " waits for the Flink Kubernetes Operator's first status");
    }

    private JobPhase silent(String what) {
        return JobPhase.broken(
                Reasons.FLINK_OPERATOR_SILENT,
                name + " " + what + " for over " + SILENCE.toMinutes() + " minutes. Check that the Flink Kubernetes"
                        + " Operator runs and watches namespace "
                        + situation.id().namespace());
    }

    /** FKO has not taken up our last write (yet). What it acted on before goes on, whatever that is. */
    private JobPhase unaccepted() {
        if (job.error() != null && "ValidationException".equals(job.error().type())) {
            return refused();
        }
        if (job.heldStopped()) {
            return overdue(SILENCE)
                    ? silent("has not been started")
                    : JobPhase.starting(name + " waits for the Flink operator to start it");
        }
        if (job.running()) {
            return stopping();
        }
        if (OVER.contains(String.valueOf(job.job())) || SHAKEN.contains(String.valueOf(job.job()))) {
            return JobPhase.broken(
                    Reasons.WAITING_FOR_RUNNING,
                    name + " is " + job.job() + ", and the Flink operator takes a savepoint only of a job that is"
                            + " RUNNING" + error + ". See the job's log");
        }
        return comingUp();
    }

    private JobPhase refused() {
        String message = name + " is refused by the Flink operator" + error + ". Change what it complains about in the"
                + " spec" + (job.running() ? "; until then the old revision runs on" : "");
        return job.running()
                ? JobPhase.stopping(Reasons.FLINK_SPEC_REFUSED, message)
                : JobPhase.broken(Reasons.FLINK_SPEC_REFUSED, message);
    }

    private JobPhase stopping() {
        if (situation.change().isEmpty()) {
            return JobPhase.stopping(
                    Reasons.JOB_STOPPING,
                    name + " runs, and the Flink operator has not taken up its last change yet" + error);
        }
        String since = situation
                .change()
                .get()
                .stepStartedAt()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        // FKO clears the error at each new try: what was said stays said, or every try would be two new statuses.
        Optional<String> said = condition()
                .filter(before -> before.reason().equals(Reasons.SAVEPOINT_FAILING)
                        && before.message().contains(since))
                .map(Condition::message);
        if (job.error() == null && said.isPresent()) {
            return JobPhase.stopping(Reasons.SAVEPOINT_FAILING, said.get());
        }
        return job.error() != null || overdue(situation.savepointTimeout())
                ? JobPhase.stopping(Reasons.SAVEPOINT_FAILING, savepointFailing(since))
                : JobPhase.stopping(
                        Reasons.JOB_STOPPING, name + " runs its old revision until its savepoint is complete");
    }

    private String savepointFailing(String since) {
        return name + " runs its old revision on: since " + since + " no savepoint has been completed"
                + (error.isEmpty()
                        ? ", and the Flink operator does not say why. Check that it runs, and the job's checkpoints"
                        : error + ". Check that the job can write its savepoints below spec.state.dir")
                + "; it is tried again by itself, and going back in the spec ends it";
    }

    private JobPhase comingUp() {
        String state = String.valueOf(job.job());
        if (OVER.contains(state)) {
            return JobPhase.broken(
                    Reasons.JOB_FAILED,
                    name + ": the job is " + state + error + ". Correct its cause; any change of the spec, as of"
                            + " spec.flink.restartNonce, starts it again from its last checkpoint");
        }
        if (SHAKEN.contains(state)) {
            return JobPhase.broken(
                    Reasons.JOB_RESTARTING,
                    name + ": the job is restarting after a failure" + error + ". If it does not come to rest, see the"
                            + " job's log; a change of the spec starts it again from its last checkpoint");
        }
        if ("FINISHED".equals(state) && !job.heldStopped() && "DEPLOYED".equals(job.reconciliation())) {
            return JobPhase.broken(
                    Reasons.JOB_ENDED,
                    name + ": the job has ended, though its source has not; somebody stopped it at Flink. A change"
                            + " of spec.flink.restartNonce starts it again from what it left");
        }
        if ("ERROR".equals(job.jobManager()) && overdue(ERROR_GRACE)) {
            return JobPhase.broken(
                    Reasons.JOB_NOT_STARTED,
                    name + ": the JobManager does not start" + error + ". Correct the spec, as in spec.flink.image");
        }
        String found = "JobManager " + job.jobManager() + ", job " + state + error;
        return overdue(situation.startTimeout())
                ? JobPhase.broken(
                        Reasons.START_OVERDUE,
                        name + " has been coming up for over "
                                + situation.startTimeout().toSeconds() + "s: " + found
                                + ". See the pods' events and the JobManager's log")
                : JobPhase.starting(name + " comes up: " + found);
    }

    private boolean overdue(Duration limit) {
        return situation.since(since()).compareTo(limit) > 0;
    }

    /** Since when it is waited: the step of the change under way, else the moment the job was found not to run. */
    private Instant since() {
        return situation
                .change()
                .map(UpgradeStatus::stepStartedAt)
                .or(() -> condition()
                        .filter(before -> before.status() == Condition.Status.False)
                        .map(Condition::lastTransitionTime))
                .orElse(situation.now());
    }

    /** The condition JobRunning as it was written last. */
    private Optional<Condition> condition() {
        return situation.memory().conditions().stream()
                .filter(before -> "JobRunning".equals(before.type()) && before.reason() != null)
                .filter(before -> before.message() != null)
                .findFirst();
    }
}
