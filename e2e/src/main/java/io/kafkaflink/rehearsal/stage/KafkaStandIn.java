package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.rehearsal.pipeline.TopicOwner.KafkaReference;
import java.util.List;
import java.util.Map;

/** The Strimzi Kafka resource that a pipeline refers to, with the rehearsal's broker as its listener. */
final class KafkaStandIn {
    private static final String API_VERSION = "kafka.strimzi.io/v1";

    private KafkaStandIn() {}

    static void create(KubernetesClient client, KafkaReference reference, String bootstrapServers) {
        GenericKubernetesResource kafka = new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind("Kafka")
                .withNewMetadata()
                .withName(reference.name())
                .withNamespace(reference.namespace())
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("kafka", Map.of()))
                .build();
        GenericKubernetesResource created = client.resource(kafka).serverSideApply();
        created.setAdditionalProperty("status", status(reference.listener(), bootstrapServers));
        client.resource(created).updateStatus();
    }

    private static Map<String, Object> status(String listener, String bootstrapServers) {
        String[] address = bootstrapServers.split(":");
        return Map.of(
                "conditions",
                List.of(Map.of("type", "Ready", "status", "True")),
                "listeners",
                List.of(Map.of(
                        "name",
                        listener,
                        "bootstrapServers",
                        bootstrapServers,
                        "addresses",
                        List.of(Map.of("host", address[0], "port", Integer.parseInt(address[1]))))));
    }
}
