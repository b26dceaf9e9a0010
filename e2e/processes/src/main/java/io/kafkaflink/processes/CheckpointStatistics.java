package io.kafkaflink.processes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** Answer of {@code GET /jobs/ID/checkpoints}; counts begin anew with every JobManager. */
public record CheckpointStatistics(Counts counts, Latest latest) {
    /** Checkpoints and savepoints of this JobManager; {@code restored} counts the starts from one. */
    public record Counts(
            int restored,
            int total,
            @JsonProperty("in_progress") int inProgress,
            int completed,
            int failed) {}

    /** The last one of each kind; null when there was none. */
    public record Latest(Checkpoint completed, Checkpoint savepoint, Checkpoint failed, Restored restored) {}

    /**
     * A checkpoint that ended.
     *
     * @param externalPath where its data are; null when it failed
     * @param triggerTimestamp milliseconds since 1970
     * @param latestAckTimestamp last acknowledgement by a task, in milliseconds since 1970
     * @param stateSize bytes
     * @param failureMessage null when it completed
     */
    public record Checkpoint(
            long id,
            String status,
            @JsonProperty("is_savepoint") boolean isSavepoint,
            @JsonProperty("external_path") String externalPath,
            @JsonProperty("trigger_timestamp") long triggerTimestamp,
            @JsonProperty("latest_ack_timestamp") long latestAckTimestamp,
            @JsonProperty("state_size") long stateSize,
            @JsonProperty("failure_message") String failureMessage) {}

    /** What this job was last started from. */
    public record Restored(
            long id,
            @JsonProperty("restore_timestamp") long restoreTimestamp,
            @JsonProperty("is_savepoint") boolean isSavepoint,
            @JsonProperty("external_path") String externalPath) {}

    /** The newest completed checkpoint or savepoint. */
    public Optional<Checkpoint> newest() {
        return Optional.ofNullable(latest.completed());
    }

    /** What the job was last restored from. */
    public Optional<Restored> restored() {
        return Optional.ofNullable(latest.restored());
    }
}
