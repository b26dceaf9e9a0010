package io.kafkaflink.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One job of {@code GET /jobs/overview}.
 *
 * @param state Flink's JobStatus, for example {@code RUNNING}
 * @param startTime milliseconds since 1970
 * @param endTime milliseconds since 1970; −1 while it runs
 * @param tasks number of tasks by state in lower case, and their {@code total}
 */
public record JobSummary(
        @JsonProperty("jid") String id,
        String name,
        String state,
        @JsonProperty("start-time") long startTime,
        @JsonProperty("end-time") long endTime,
        Map<String, Integer> tasks) {}
