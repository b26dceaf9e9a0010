package io.kafkaflink.processes;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Typed client of a JobManager's REST endpoint. Every method throws {@link FlinkRestException} when the endpoint refuses
 * or does not answer.
 *
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/ops/rest_api/">Flink REST API</a>
 */
public final class FlinkRest {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final JsonHttp http;

    /** @param endpoint for example {@code http://127.0.0.1:8081} */
    public FlinkRest(URI endpoint) {
        this.http = new JsonHttp(endpoint);
    }

    /** The endpoint can be used; false while nobody listens or the JobManager has no leader yet. */
    public boolean answers() {
        try {
            overview();
            return true;
        } catch (FlinkRestException e) {
            return false;
        }
    }

    public ClusterOverview overview() {
        return http.get("/overview", ClusterOverview.class);
    }

    /** All jobs this JobManager knows, ended ones too. */
    public List<JobSummary> jobs() {
        return http.list(http.get("/jobs/overview").get("jobs"), JobSummary.class);
    }

    public JobDetails job(String jobId) {
        return http.get("/jobs/" + jobId, JobDetails.class);
    }

    /** Recorded failures, newest first; a job that recovered from them keeps them. */
    public List<JobFailure> failures(String jobId) {
        JsonNode history = http.get("/jobs/" + jobId + "/exceptions").path("exceptionHistory");
        return http.list(history.path("entries"), JobFailure.class);
    }

    /** Class and message of the innermost cause of the newest failure. */
    public Optional<String> rootCause(String jobId) {
        return failures(jobId).stream().findFirst().map(JobFailure::rootCause);
    }

    public CheckpointStatistics checkpoints(String jobId) {
        return http.get("/jobs/" + jobId + "/checkpoints", CheckpointStatistics.class);
    }

    /**
     * Asks for a stop with a savepoint in canonical format, without draining.
     *
     * @param targetDirectory path or URI; the savepoint becomes a folder in it
     * @return the id under which {@link #savepoint} tells the result
     */
    public String triggerStopWithSavepoint(String jobId, String targetDirectory) {
        return http.post(
                        "/jobs/" + jobId + "/stop",
                        Map.of("targetDirectory", targetDirectory, "drain", false, "formatType", "CANONICAL"))
                .get("request-id")
                .asText();
    }

    /** Asks for a savepoint in canonical format of a job that goes on; see {@link #savepoint}. */
    public String triggerSavepoint(String jobId, String targetDirectory) {
        return http.post(
                        "/jobs/" + jobId + "/savepoints",
                        Map.of("target-directory", targetDirectory, "cancel-job", false, "formatType", "CANONICAL"))
                .get("request-id")
                .asText();
    }

    /** How far the savepoint of a trigger is. A stopped JobManager lingers until the end of it was asked for. */
    public SavepointResult savepoint(String jobId, String triggerId) {
        JsonNode answer = http.get("/jobs/" + jobId + "/savepoints/" + triggerId);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return new SavepointResult.InProgress();
        }
        JsonNode operation = answer.path("operation");
        return operation.hasNonNull("location")
                ? new SavepointResult.Completed(operation.get("location").asText())
                : new SavepointResult.Failed(
                        operation.path("failure-cause").path("stack-trace").asText());
    }

    /**
     * Stops the job with a savepoint and waits for it.
     *
     * @return location of the savepoint
     * @throws ProcessFailedException when the savepoint fails, or is not there at the deadline
     */
    public String stopWithSavepoint(String jobId, String targetDirectory, Duration deadline) {
        String trigger = triggerStopWithSavepoint(jobId, targetDirectory);
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            SavepointResult result = savepoint(jobId, trigger);
            if (result instanceof SavepointResult.Completed completed) {
                return completed.location();
            }
            if (result instanceof SavepointResult.Failed failed) {
                throw new ProcessFailedException("The savepoint of job " + jobId + " failed: " + failed.cause());
            }
            pause();
        }
        throw new ProcessFailedException("The savepoint of job " + jobId + " into " + targetDirectory
                + " was not complete after " + deadline.toSeconds() + " s.");
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("Interrupted while waiting for a savepoint.", e);
        }
    }

    /** Cancels the job without a savepoint; it is CANCELED a little later. */
    public void cancel(String jobId) {
        http.patch("/jobs/" + jobId + "?mode=cancel");
    }

    /** Names of the metrics that subtasks of a vertex report. */
    public List<String> metricNames(String jobId, String vertexId) {
        return http.get("/jobs/" + jobId + "/vertices/" + vertexId + "/subtasks/metrics")
                .findValuesAsText("id");
    }

    /** Sums over all subtasks of a vertex; metrics that nobody reports yet are missing. */
    public Map<String, Double> metricSums(String jobId, String vertexId, List<String> names) {
        String query = names.stream()
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        Map<String, Double> sums = new TreeMap<>();
        for (JsonNode each :
                http.get("/jobs/" + jobId + "/vertices/" + vertexId + "/subtasks/metrics?agg=sum&get=" + query)) {
            sums.put(each.get("id").asText(), each.get("sum").asDouble());
        }
        return sums;
    }

    /** The configuration the JobManager runs with. */
    public Map<String, String> configuration() {
        Map<String, String> all = new TreeMap<>();
        for (JsonNode each : http.get("/jobmanager/config")) {
            all.put(each.get("key").asText(), each.get("value").asText());
        }
        return all;
    }
}
