package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.rehearsal.pipeline.Shape.Topic;
import io.kafkaflink.rehearsal.pipeline.TopicOwner;
import java.util.Map;

/** The topics that a pipeline expects to find, made by somebody else. */
final class ForeignTopics {
    private static final String API_VERSION = "kafka.strimzi.io/v1";
    private static final String CLUSTER_LABEL = "strimzi.io/cluster";

    private ForeignTopics() {}

    /** Makes a topic that is not the pipeline's own: in Kafka for External, as a KafkaTopic for Existing. */
    static void make(KubernetesClient client, TopicCensus kafka, TopicOwner owner, Topic topic) {
        if ("External".equals(topic.management())) {
            kafka.create(topic.name(), topic.partitions());
        } else if ("Existing".equals(topic.management())) {
            client.resource(new GenericKubernetesResourceBuilder()
                            .withApiVersion(API_VERSION)
                            .withKind("KafkaTopic")
                            .withNewMetadata()
                            .withName(topic.name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'))
                            .withNamespace(owner.namespace())
                            .addToLabels(CLUSTER_LABEL, owner.cluster())
                            .endMetadata()
                            .addToAdditionalProperties(
                                    "spec",
                                    Map.of("topicName", topic.name(), "partitions", topic.partitions(), "replicas", 1))
                            .build())
                    .create();
        }
    }
}
