package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** A spec that was tried and taken back. The same is not tried again by itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedStatus(
        @Required @JsonPropertyDescription("Hash of the settings that were rejected.")
        String inputHash,

        @Required @JsonPropertyDescription("Id of the upgrade that failed.")
        String upgradeId,

        @Required @JsonPropertyDescription("Why, in one CamelCase word.")
        String reason,

        @JsonPropertyDescription("Why, in a sentence: what was found, what was expected, what to do.")
        String message,

        @Required @JsonPropertyDescription("When it was rejected.")
        Instant at,

        @JsonPropertyDescription("spec.upgrade.retryNonce at that time; another one tries again.")
        Long retryNonce) {}
