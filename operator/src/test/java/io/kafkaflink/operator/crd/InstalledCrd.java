package io.kafkaflink.operator.crd;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.time.Duration;

/** The committed CRD on an API server, applied as Helm 4, Flux and Argo CD do it. */
final class InstalledCrd {
    private static final PatchContext SERVER_SIDE = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("test")
            .withForce(true)
            .build();

    private InstalledCrd() {}

    /** Applies the CRD and returns what is stored once the kind is served. */
    static GenericKubernetesResource in(KubernetesClient client) {
        Resource<GenericKubernetesResource> resource = client.genericKubernetesResources(
                        "apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .load(InstalledCrd.class.getResourceAsStream("/crds/" + CrdWriter.FILE_NAME));
        resource.patch(SERVER_SIDE, resource.item());
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> client.resources(
                        KafkaFlinkPipeline.class)
                .inAnyNamespace()
                .list());
        return resource.get();
    }
}
