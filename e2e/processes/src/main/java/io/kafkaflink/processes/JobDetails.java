package io.kafkaflink.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * Answer of {@code GET /jobs/ID}.
 *
 * @param state Flink's JobStatus, for example {@code RUNNING}
 * @param startTime milliseconds since 1970
 * @param endTime milliseconds since 1970; −1 while it runs
 */
public record JobDetails(
        @JsonProperty("jid") String id,
        String name,
        String state,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        List<Vertex> vertices) {
    /**
     * A chain of operators.
     *
     * @param status the state that stands for all its tasks, for example {@code RUNNING}
     * @param tasks number of tasks by state
     */
    public record Vertex(
            String id, String name, int parallelism, int maxParallelism, String status, Map<String, Integer> tasks) {}

    /** The job is RUNNING, and so is every one of its tasks: what the Flink operator calls RUNNING. */
    public boolean allTasksRunning() {
        return state.equals("RUNNING")
                && vertices.stream()
                        .allMatch(vertex -> vertex.tasks().getOrDefault("RUNNING", 0) == vertex.parallelism());
    }
}
