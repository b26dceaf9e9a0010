package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A small custom resource with a default and a validation rule. */
final class Crowds {

    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: crowds.test.kafkaflink.io
            spec:
              group: test.kafkaflink.io
              scope: Namespaced
              names: {kind: Crowd, plural: crowds, singular: crowd}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        x-kubernetes-validations:
                        - {rule: self.size >= oldSelf.size, message: a crowd may not shrink}
                        properties:
                          size: {type: integer}
                          mood: {type: string, default: calm}
                          tags: {type: object, additionalProperties: {type: string}}
                      status:
                        type: object
                        properties:
                          seen: {type: integer}
            """;

    private Crowds() {}

    static void define(KubernetesClient client) {
        client.resource(CRD).patch(apply("tester"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> client.genericKubernetesResources(
                        "test.kafkaflink.io/v1", "Crowd")
                .inNamespace("default")
                .list()
                .getItems()
                .isEmpty());
    }

    static GenericKubernetesResource apply(KubernetesClient client, String namespace, int size) {
        return apply(client, namespace, "tester", Map.of("size", size));
    }

    static GenericKubernetesResource apply(
            KubernetesClient client, String namespace, String manager, Map<String, Object> spec) {
        return client.resource(crowd(namespace, "spec", spec)).patch(apply(manager));
    }

    static GenericKubernetesResource applyStatus(KubernetesClient client, String namespace, int seen) {
        return applyStatus(client, namespace, Map.of("seen", seen));
    }

    static GenericKubernetesResource applyStatus(
            KubernetesClient client, String namespace, Map<String, Object> status) {
        return client.resource(crowd(namespace, "status", status))
                .subresource("status")
                .patch(apply("reporter"));
    }

    static GenericKubernetesResource get(KubernetesClient client, String namespace) {
        return client.resource(crowd(namespace, "spec", Map.of())).get();
    }

    /** Reports the size of each crowd that is added or changed. */
    static SharedIndexInformer<GenericKubernetesResource> inform(KubernetesClient client, Consumer<Integer> sizes) {
        return client.genericKubernetesResources("test.kafkaflink.io/v1", "Crowd")
                .inAnyNamespace()
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource added) {
                        sizes.accept(added.get("spec", "size"));
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                        sizes.accept(after.get("spec", "size"));
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource deleted, boolean unknown) {
                        sizes.accept(0);
                    }
                });
    }

    private static GenericKubernetesResource crowd(String namespace, String field, Map<String, Object> value) {
        return Serialization.unmarshal(
                Serialization.asYaml(Map.of(
                        "apiVersion",
                        "test.kafkaflink.io/v1",
                        "kind",
                        "Crowd",
                        "metadata",
                        Map.of("name", "market", "namespace", namespace),
                        field,
                        value)),
                GenericKubernetesResource.class);
    }

    private static PatchContext apply(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build();
    }
}
