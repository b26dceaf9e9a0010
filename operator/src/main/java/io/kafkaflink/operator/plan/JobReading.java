package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.observe.FlinkJobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Reads what a FlinkDeployment's job does. FKO never gives up and its STABLE lies, so every wait has a limit here. */
final class JobReading {
    /** A JobManager reads ERROR for some seconds of a healthy start (measured), and longer when its image is missing. */
    static final Duration ERROR_GRACE = Duration.ofMinutes(1);
    /** FKO takes up a resource within seconds. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Set<String> FAILED = Set.of("FAILED", "FAILING", "CANCELED", "CANCELLING");

    private final FlinkJobState job;
    private final String name;
    private final Situation situation;
    private final Instant since;

    JobReading(FlinkJobState job, Situation situation) {
        this.job = job;
        this.name = job.reference(situation.id().namespace());
        this.situation = situation;
        this.since = situation.memory().upgrade() == null
                ? job.createdAt()
                : situation.memory().upgrade().stepStartedAt();
    }

    JobPhase phase() {
        if (job.healthy()) {
            return JobPhase.running(name + " runs with parallelism "
                    + job.lastReconciled().orElseThrow().parallelism());
        }
        if (job.suspended()) {
            return JobPhase.suspended(
                    name + " is stopped with savepoint " + job.stopSavepoint().orElse("(path not published)"));
        }
        return job.accepted() ? comingUp() : unaccepted();
    }

    private JobPhase unaccepted() {
        if (job.observedGeneration() == null) {
            return overdue(SILENCE)
                    ? JobPhase.broken(
                            Reasons.FLINK_OPERATOR_SILENT,
                            name + " has had no status for over " + SILENCE.toMinutes() + " minutes. Check that the"
                                    + " Flink Kubernetes Operator runs and watches namespace "
                                    + situation.id().namespace())
                    : JobPhase.starting(name + " waits for the Flink Kubernetes Operator");
        }
        String error = job.error() == null
                ? ""
                : ": " + job.error().type() + ": " + job.error().message();
        if (job.error() != null && "ValidationException".equals(job.error().type())) {
            return JobPhase.broken(Reasons.FLINK_SPEC_REFUSED, name + " is refused by the Flink operator" + error);
        }
        if (job.running()) {
            return JobPhase.stopping(
                    job.error() == null ? Reasons.JOB_STOPPING : Reasons.SAVEPOINT_FAILING,
                    name + " runs its old revision until its savepoint is complete" + error);
        }
        if ("RESTARTING".equals(job.job()) || FAILED.contains(String.valueOf(job.job()))) {
            return JobPhase.broken(
                    Reasons.WAITING_FOR_RUNNING,
                    name + " is " + job.job() + ", and the Flink operator waits for RUNNING before it takes a"
                            + " savepoint" + error);
        }
        return JobPhase.stopping(Reasons.JOB_STOPPING, name + " waits for the Flink operator" + error);
    }

    private JobPhase comingUp() {
        String state = String.valueOf(job.job());
        String error = job.error() == null ? "" : ": " + job.error().message();
        if (FAILED.contains(state)) {
            return JobPhase.broken(Reasons.JOB_FAILED, name + ": the job is " + state + error);
        }
        if ("RESTARTING".equals(state)) {
            return JobPhase.broken(Reasons.JOB_RESTARTING, name + ": the job restarts again and again" + error);
        }
        if ("ERROR".equals(job.jobManager()) && overdue(ERROR_GRACE)) {
            return JobPhase.broken(Reasons.JOB_NOT_STARTED, name + ": the JobManager does not start" + error);
        }
        if (overdue(situation.startTimeout())) {
            return JobPhase.broken(
                    Reasons.START_OVERDUE,
                    name + " has been coming up for over "
                            + situation.startTimeout().toSeconds() + "s: JobManager " + job.jobManager() + ", job "
                            + state + error);
        }
        return JobPhase.starting(name + " comes up: JobManager " + job.jobManager() + ", job " + state + error);
    }

    private boolean overdue(Duration limit) {
        return situation.since(since).compareTo(limit) > 0;
    }
}
