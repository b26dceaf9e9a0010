package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One topic as it was last seen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicStatus(
        @Required @JsonPropertyDescription("Name of the topic in Kafka.")
        String name,

        @JsonPropertyDescription("Kafka's id of the topic; another id means that the topic was created again.")
        String topicId,

        @JsonPropertyDescription("Number of partitions that the topic really has.")
        Integer partitions,

        @JsonPropertyDescription("Managed, Existing or External.")
        Topic.Management management) {}
