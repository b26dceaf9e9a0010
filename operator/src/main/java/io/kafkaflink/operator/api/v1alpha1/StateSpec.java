package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.Timespan;
import java.time.Duration;

/** Where and how often state is kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.maxParallelism == oldSelf.maxParallelism",
        fieldPath = ".maxParallelism",
        message = "maxParallelism is immutable: keyed state is divided by it; create another pipeline")
public record StateSpec(
        @Size(max = 1000)
        @Pattern("^[a-z][a-z0-9+.-]*:/+[^\\s/]\\S*$")
        @JsonPropertyDescription("Durable folder of checkpoints, savepoints and high availability, as in "
                + "s3://bucket/flink; a pipeline uses <dir>/<namespace>/<name>. Defaults to the operator's.")
        String dir,

        @JsonPropertyDescription("HashMap (memory) or RocksDB (disk).")
        Backend backend,

        @Default("10s")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("Time between checkpoints, which is how long exactly-once output waits, as in 10s.")
        String checkpointInterval,

        @Default("3m")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("After this time a checkpoint counts as failed, as in 3m.")
        String checkpointTimeout,

        @JsonPropertyDescription("How checkpoints are made.")
        Checkpoints checkpoints,

        @Default("720")
        @Min(1)
        @Max(32768)
        @JsonPropertyDescription("Number of key groups: the upper limit of partitions and parallelism. Immutable.")
        Integer maxParallelism,

        @JsonPropertyDescription("A job to take over from. Counts for the first start only; later it may go or stay.")
        RestoreSpec restoreFrom) {

    public StateSpec {
        checkpointInterval = checkpointInterval == null ? "10s" : checkpointInterval;
        checkpointTimeout = checkpointTimeout == null ? "3m" : checkpointTimeout;
        maxParallelism = maxParallelism == null ? 720 : maxParallelism;
    }
    /** The longest time between two checkpoints that complete, as far as the job lives. */
    public Duration longestBetweenCheckpoints() {
        Duration interval = Timespan.parse(checkpointInterval);
        Duration pause = checkpoints == null || checkpoints.minPause() == null
                ? Duration.ZERO
                : Timespan.parse(checkpoints.minPause());
        int attempts = checkpoints == null || checkpoints.toleratedFailures() == null
                ? 1
                : checkpoints.toleratedFailures() + 1;
        return (pause.compareTo(interval) > 0 ? pause : interval)
                .plus(Timespan.parse(checkpointTimeout))
                .multipliedBy(attempts);
    }

    /** Flink's state backends that take savepoints in the format which all of them read. */
    public enum Backend {
        HashMap,
        RocksDB
    }

    /** Settings of checkpoints beside their times. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Checkpoints(
            @JsonPropertyDescription("Write only what changed; for RocksDB.")
            Boolean incremental,

            @JsonPropertyDescription("Do not wait for records in flight.")
            Boolean unaligned,

            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("Least time between two, as in 5s.")
            String minPause,

            @Min(1) @JsonPropertyDescription("How many at once.")
            Integer concurrent,

            @Min(0) @Max(100) @JsonPropertyDescription("How many in a row may fail.")
            Integer toleratedFailures,

            @Min(1) @JsonPropertyDescription("How many are kept, by default 3.")
            Integer retained) {}
}
