package io.kafkaflink.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.observe.Definition;
import java.util.concurrent.TimeUnit;

/** Strimzi's Kafka, as much of it as is needed for there to be such a kind. */
final class Kafkas {
    private Kafkas() {}

    static void define(KubernetesClient client) {
        CustomResourceDefinition definition =
                new KubernetesSerialization().unmarshal("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: kafkas.kafka.strimzi.io}
                spec:
                  group: kafka.strimzi.io
                  names: {kind: Kafka, listKind: KafkaList, plural: kafkas, singular: kafka}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                    subresources: {status: {}}
                """, CustomResourceDefinition.class);
        client.resource(definition).forceConflicts().serverSideApply();
        client.resource(definition).waitUntilCondition(World::established, 30, TimeUnit.SECONDS);
    }

    /** A cluster with one listener, as the Cluster Operator publishes it. */
    static void publish(KubernetesClient client, String namespace, String name, String listener, String servers) {
        GenericKubernetesResource kafka = new KubernetesSerialization()
                .unmarshal("""
                apiVersion: kafka.strimzi.io/v1
                kind: Kafka
                metadata: {name: %s, namespace: %s}
                spec: {}
                status: {listeners: [{name: %s, bootstrapServers: "%s"}]}
                """.formatted(name, namespace, listener, servers), GenericKubernetesResource.class);
        Object status = kafka.getAdditionalProperties().get("status");
        GenericKubernetesResource created = client.genericKubernetesResources(
                        Definition.KAFKA.apiVersion(), Definition.KAFKA.kind())
                .resource(kafka)
                .create();
        created.setAdditionalProperty("status", status);
        client.resource(created).updateStatus();
    }
}
