package io.kafkaflink.doubles.flink;

import io.kafkaflink.processes.CheckpointStatistics;
import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.JobFailure;
import io.kafkaflink.processes.JobSummary;
import io.kafkaflink.processes.SavepointResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the operator asks a real JobManager for, by its REST endpoint, and how it reads the answers. */
record JobManagerRest(FlinkRest rest) {

    private static final int POLL_MILLIS = 50;

    /** Whether it answers and has a job. */
    boolean hasJob() {
        try {
            return !rest.jobs().isEmpty();
        } catch (FlinkRestException e) {
            // Gone again between two calls: the next look sees it.
            return false;
        }
    }

    /** One job; empty when there is no answer. */
    Optional<RuntimeFacts.RestAnswer> answer(String jobId) {
        try {
            return Optional.of(rest.jobs().stream()
                    .filter(job -> job.id().equals(jobId))
                    .findFirst()
                    .<RuntimeFacts.RestAnswer>map(this::job)
                    .orElseGet(RuntimeFacts.NoJob::new));
        } catch (FlinkRestException e) {
            return Optional.empty();
        }
    }

    /** By the overview, as the operator does: Flink 2.2.1 has no details of a job whose main() has failed (HTTP 500). */
    private RuntimeFacts.Job job(JobSummary job) {
        boolean incomplete = job.state().equals("RUNNING") && !allTasksRunning(job.tasks());
        FlinkJobState state = incomplete ? FlinkJobState.CREATED : FlinkJobState.valueOf(job.state());
        Optional<String> last = state.terminal() ? newestCheckpoint(job.id()) : Optional.empty();
        Optional<RuntimeFacts.Failure> failure =
                state == FlinkJobState.FAILED ? failure(rest.failures(job.id())) : Optional.empty();
        return new RuntimeFacts.Job(state, job.startTime(), failure, last);
    }

    private static boolean allTasksRunning(Map<String, Integer> tasks) {
        return tasks.getOrDefault("running", 0).equals(tasks.getOrDefault("total", -1));
    }

    private Optional<String> newestCheckpoint(String jobId) {
        try {
            return rest.checkpoints(jobId).newest().map(CheckpointStatistics.Checkpoint::externalPath);
        } catch (FlinkRestException e) {
            // A job that has failed in main() has no checkpoints to tell of.
            return Optional.empty();
        }
    }

    private static Optional<RuntimeFacts.Failure> failure(List<JobFailure> failures) {
        return failures.stream()
                .findFirst()
                .map(first -> new RuntimeFacts.Failure(
                        first.stacktrace().lines().findFirst().orElse(first.exceptionName()),
                        Optional.of(first.rootCause())));
    }

    /** Stops the job with a savepoint; blocks until that is decided. */
    RuntimeFacts.StopOutcome stop(String jobId, String directory) {
        try {
            SavepointResult result = awaited(jobId, rest.triggerStopWithSavepoint(jobId, directory));
            return result instanceof SavepointResult.Completed completed
                    ? new RuntimeFacts.Stopped(completed.location())
                    : new RuntimeFacts.NotStopped(firstLine(((SavepointResult.Failed) result).cause()));
        } catch (FlinkRestException e) {
            return new RuntimeFacts.NotStopped(e.getMessage());
        }
    }

    /** Takes a savepoint of a job that goes on; blocks until it is there, empty when it fails. */
    Optional<String> savepoint(String jobId, String directory) {
        return awaited(jobId, rest.triggerSavepoint(jobId, directory)) instanceof SavepointResult.Completed completed
                ? Optional.of(completed.location())
                : Optional.empty();
    }

    /** A stopped JobManager lingers until the result was asked for, so it is asked for until it is there. */
    private SavepointResult awaited(String jobId, String trigger) {
        while (true) {
            SavepointResult result = rest.savepoint(jobId, trigger);
            if (!(result instanceof SavepointResult.InProgress)) {
                return result;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new SavepointResult.Failed("interrupted while waiting for the savepoint");
            }
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("unknown");
    }
}
