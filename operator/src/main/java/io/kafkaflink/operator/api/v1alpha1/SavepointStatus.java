package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** One entry of the savepoint ledger. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointStatus(
        @Required @JsonPropertyDescription("Where the savepoint is.")
        String path,

        @JsonPropertyDescription("Id of the Flink job that wrote it.")
        String jobId,

        @JsonPropertyDescription("Revision that the job ran.")
        String revision,

        @JsonPropertyDescription("When it was completed.") Instant takenAt,

        @JsonPropertyDescription("Why it was taken.") String reason) {}
