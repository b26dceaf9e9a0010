package io.kafkaflink.doubles.topic;

import java.util.Map;
import java.util.Set;

/**
 * A KafkaTopic resource as the Topic Operator reads it.
 *
 * @param created {@code metadata.creationTimestamp}, RFC 3339 in UTC, so it sorts as text
 * @param deleting whether {@code metadata.deletionTimestamp} is set
 */
public record KafkaTopic(
        String namespace,
        String name,
        long generation,
        String created,
        boolean deleting,
        Map<String, String> labels,
        Map<String, String> annotations,
        Set<String> finalizers,
        KafkaTopicSpec spec,
        KafkaTopicStatus status) {

    public static final String CLUSTER_LABEL = "strimzi.io/cluster";
    public static final String FINALIZER = "strimzi.io/topic-operator";

    public KafkaTopic {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        finalizers = Set.copyOf(finalizers);
    }

    /** Name in Kafka. */
    String topicName() {
        return spec.topicName().orElse(name);
    }

    boolean paused() {
        return "true".equals(annotations.get("strimzi.io/pause-reconciliation"));
    }

    /** Only the value "false" unmanages a topic. */
    boolean managed() {
        return !"false".equals(annotations.get("strimzi.io/managed"));
    }

    boolean hasFinalizer() {
        return finalizers.contains(FINALIZER);
    }

    /** As the Topic Operator prints a reference in a conflict message. */
    String ref() {
        return "Ref{namespace='" + namespace + "', name='" + name + "'}";
    }
}
