package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.util.HashMap;
import java.util.Map;

/** The pipelines of a namespace. */
record Pipelines(KubernetesClient client, String namespace) {
    /** Argo CD and Flux take managers that begin with kubectl for people whose changes they undo. */
    static final String FIELD_MANAGER = "kfp";

    KafkaFlinkPipeline get(String name) {
        KafkaFlinkPipeline found;
        try {
            found = resource(name).get();
        } catch (KubernetesClientException e) {
            throw e.getCode() == 404 ? missing(name) : e;
        }
        if (found == null) {
            throw missing(name);
        }
        return found;
    }

    /** The resource as it is stored, with fields that this version does not know. */
    GenericKubernetesResource generic(KafkaFlinkPipeline pipeline) {
        return client.genericKubernetesResources(pipeline.getApiVersion(), pipeline.getKind())
                .inNamespace(namespace)
                .withName(pipeline.getMetadata().getName())
                .require();
    }

    private KfpFailure missing(String name) {
        return new KfpFailure(
                "KafkaFlinkPipeline " + namespace + "/" + name
                        + ": found nothing; see kubectl get kafkaflinkpipelines --all-namespaces, and give the namespace with -n");
    }

    /** Sets one annotation; null removes it. Refused by the API server when somebody has changed the resource since. */
    void annotate(KafkaFlinkPipeline pipeline, String annotation, String value) {
        HashMap<String, Object> annotations = new HashMap<>();
        annotations.put(annotation, value);
        patch(pipeline, Map.of("metadata", Map.of("annotations", annotations)));
    }

    void patch(KafkaFlinkPipeline pipeline, Map<String, Object> change) {
        HashMap<String, Object> patch = new HashMap<>(change);
        HashMap<String, Object> metadata = new HashMap<>();
        if (change.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        metadata.put("resourceVersion", pipeline.getMetadata().getResourceVersion());
        patch.put("metadata", metadata);
        resource(pipeline.getMetadata().getName())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(FIELD_MANAGER)
                                .build(),
                        client.getKubernetesSerialization().asJson(patch));
    }

    private Resource<KafkaFlinkPipeline> resource(String name) {
        return client.resources(KafkaFlinkPipeline.class).inNamespace(namespace).withName(name);
    }
}
