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

/** Where and how often state is kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.maxParallelism == oldSelf.maxParallelism",
        fieldPath = ".maxParallelism",
        message = "maxParallelism is immutable: keyed state is divided by it; create another pipeline")
public record StateSpec(
        @Size(min = 1, max = 1000)
        @Pattern("^[a-z][a-z0-9+.-]*:/+[^\\s/]\\S*$")
        @JsonPropertyDescription(
                "Durable folder for checkpoints, savepoints and high availability, as in"
                        + " s3://bucket/flink; each pipeline uses <dir>/<namespace>/<name> under it. Defaults to the operator's.")
        String dir,

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
}
