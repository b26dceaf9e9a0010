package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The Topic Operator that a pipeline's topics belong to.
 *
 * @param cluster value of the label {@code strimzi.io/cluster}
 * @param namespace where its KafkaTopics lie
 */
public record TopicOwner(String cluster, String namespace) {
    private static final String UNNAMED = "rehearsal";

    /** As the file says, with the resource's rules for what it leaves out. */
    public static TopicOwner of(ObjectNode manifest) {
        JsonNode kafka = manifest.path("spec").path("kafka");
        String own = manifest.path("metadata").path("namespace").asText("default");
        JsonNode reference = kafka.path("clusterRef");
        JsonNode operator = kafka.path("topicOperator");
        return new TopicOwner(
                operator.path("cluster").asText(reference.path("name").asText(UNNAMED)),
                operator.path("namespace").asText(reference.path("namespace").asText(own)));
    }

    /** The Strimzi Kafka that the pipeline refers to, when it does. */
    public static Optional<KafkaReference> referred(ObjectNode manifest) {
        JsonNode reference = manifest.path("spec").path("kafka").path("clusterRef");
        if (reference.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new KafkaReference(
                reference.path("name").asText(),
                reference
                        .path("namespace")
                        .asText(manifest.path("metadata").path("namespace").asText("default")),
                reference.path("listener").asText()));
    }

    /** A listener of a Strimzi Kafka resource. */
    public record KafkaReference(String name, String namespace, String listener) {}
}
