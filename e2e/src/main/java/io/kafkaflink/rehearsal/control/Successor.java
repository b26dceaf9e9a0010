package io.kafkaflink.rehearsal.control;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.kafkaflink.rehearsal.stage.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipeline that somebody writes to have the operator go on with a hand-made job, beside KafkaTopics that were made by
 * hand and are given away.
 *
 * @param name of the job and of the pipeline
 */
record Successor(KubernetesClient client, String namespace, String name) {
    private static final String MANAGER = "somebody";

    static Successor of(Stage stage, BareJob job) {
        return new Successor(stage.client(), job.namespace(), job.name());
    }

    /** Applies it beside the suspended job. */
    static Successor create(Stage stage, BareJob job) {
        Successor successor = of(stage, job);
        for (String topic : List.of("in", "out")) {
            successor.apply(job.filled("/control/kafkatopic.yaml", Map.of("topic", job.name() + "-" + topic)));
        }
        successor.apply(job.filled("/control/kafkaflinkpipeline.yaml", Map.of("savepoint", job.savepoint())));
        return successor;
    }

    private void apply(String yaml) {
        client.resource(client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class))
                .fieldManager(MANAGER)
                .serverSideApply();
    }

    /** Why it is not Ready; empty when it is. */
    Optional<String> notReady() {
        GenericKubernetesResource found = resource().get();
        if (!(found.get("status", "conditions") instanceof List<?> conditions)) {
            return Optional.of("not seen by the operator");
        }
        return conditions.stream()
                .filter(Map.class::isInstance)
                .map(condition -> (Map<?, ?>) condition)
                .filter(condition -> "Ready".equals(condition.get("type")))
                .filter(condition -> !"True".equals(condition.get("status")))
                .map(condition -> condition.get("reason") + ": " + condition.get("message"))
                .findFirst();
    }

    void delete() {
        resource().delete();
    }

    /** Why it is still there; empty when it is gone. */
    Optional<String> notGone() {
        return Optional.ofNullable(resource().get()).map(found -> name + " is being deleted");
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources("kafkaflink.io/v1alpha1", "KafkaFlinkPipeline")
                .inNamespace(namespace)
                .withName(name);
    }
}
