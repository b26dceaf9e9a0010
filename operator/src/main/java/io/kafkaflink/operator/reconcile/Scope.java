package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.util.Set;

/**
 * Where the operator looks.
 *
 * @param pipelines namespaces of pipelines and Flink jobs; empty for all
 * @param topics namespaces of KafkaTopics and Kafka resources; empty for all
 */
public record Scope(Set<String> pipelines, Set<String> topics) {
    public Scope {
        pipelines = Set.copyOf(pipelines);
        topics = Set.copyOf(topics);
    }

    /** As the framework spells it. */
    public Set<String> pipelineNamespaces() {
        return orAll(pipelines);
    }

    Set<String> topicNamespaces() {
        return orAll(topics);
    }

    private static Set<String> orAll(Set<String> namespaces) {
        return namespaces.isEmpty() ? Constants.WATCH_ALL_NAMESPACE_SET : namespaces;
    }
}
