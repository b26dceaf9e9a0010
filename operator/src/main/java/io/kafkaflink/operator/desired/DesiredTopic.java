package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.Topic;
import java.util.Map;

/**
 * A KafkaTopic that a pipeline manages.
 *
 * @param namespace namespace of the Topic Operator
 * @param resourceName {@code metadata.name}, see {@link Names#topicResource}
 * @param cluster value of the label {@code strimzi.io/cluster}
 * @param topicName name in Kafka
 * @param partitions always explicit: a count that the broker chose shows in no status
 * @param replicas null for the broker's default
 * @param config topic configuration as JSON values
 */
public record DesiredTopic(
        String namespace,
        String resourceName,
        String cluster,
        String topicName,
        int partitions,
        Integer replicas,
        Map<String, Object> config,
        Topic.DeletionPolicy deletionPolicy) {
    public DesiredTopic {
        config = CanonicalJson.normalizedMap(config);
    }

    /** The same topic in a resource that has another name, as an adopted one may. */
    public DesiredTopic withResourceName(String name) {
        return new DesiredTopic(namespace, name, cluster, topicName, partitions, replicas, config, deletionPolicy);
    }

    public DesiredTopic withPartitions(int number) {
        return new DesiredTopic(namespace, resourceName, cluster, topicName, number, replicas, config, deletionPolicy);
    }

    public String reference() {
        return "KafkaTopic " + namespace + "/" + resourceName;
    }
}
