package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** The last upgrade that came to an end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastUpgradeStatus(
        @Required @JsonPropertyDescription("Id of the upgrade.")
        String id,

        @Required @JsonPropertyDescription("What kind of change it was.")
        String kind,

        @Required @JsonPropertyDescription("How it ended, as in Succeeded.")
        String result,

        @JsonPropertyDescription("Revision that was left; absent at the first start.")
        String from,

        @JsonPropertyDescription("Revision that was to be reached.")
        String to,

        @Required @JsonPropertyDescription("When it started.")
        Instant startedAt,

        @Required @JsonPropertyDescription("When it ended.") Instant completedAt,

        @JsonPropertyDescription("Savepoint that the job was restarted from.")
        String savepoint) {}
