package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** The upgrade under way. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeStatus(
        @Required @JsonPropertyDescription("Id of the upgrade.")
        String id,

        @Required @JsonPropertyDescription("What kind of change it is.")
        String kind,

        @Required @JsonPropertyDescription("The step under way.")
        String step,

        @JsonPropertyDescription("Revision that is left; absent at the first start.")
        String from,

        @JsonPropertyDescription("Revision that is reached, frozen since the upgrade started.")
        String to,

        @Required @JsonPropertyDescription("When the upgrade started.")
        Instant startedAt,

        @Required @JsonPropertyDescription("When the step started.")
        Instant stepStartedAt,

        @JsonPropertyDescription("Savepoint that the new job starts from.")
        String savepoint) {}
