package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** One condition in the form of metav1.Condition. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required @JsonPropertyDescription("What the condition is about.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        Status status,

        @Required @JsonPropertyDescription("Why, in one CamelCase word.")
        String reason,

        @Required @JsonPropertyDescription("Why, in a sentence: what was found, what was expected, what to do.")
        String message,

        @JsonPropertyDescription("metadata.generation that this condition describes.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When status last changed.")
        Instant lastTransitionTime) {

    /** The value of a condition. */
    public enum Status {
        True,
        False,
        Unknown
    }
}
