package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A pipeline that Argo CD applies from Git, as it does with {@code ServerSideApply=true}. */
@RequiresKubeApi
class GitOwnershipIT {
    private static final String MANAGER = "argocd-controller";
    private static final int PASSES = 4;
    private static final PipelineText CLICKS = PipelineText.named("clicks");

    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        site = new Site(World.of(api), namespace.name()).withTopicOperator().withOperator();
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** What Git owns of a pipeline, as it is in the cluster. */
    private record Owned(Object spec, Map<String, String> labels, Map<String, String> annotations, String fields) {}

    @Test
    @DisplayName(
            "start, upgrade, suspension and many passes change nothing that Git owns, and a sync finds no difference")
    void noDrift() {
        for (PipelineText text : List.of(CLICKS, CLICKS.withPrefix("changed: "), CLICKS.suspended(true))) {
            Owned applied = owned(sync(text));
            if (text.suspend()) {
                site.eventually(() -> assertThat(
                                site.condition("clicks", "Suspended").status().name())
                        .isEqualTo("True"));
            }
            site.awaitReady("clicks");
            double passes = site.passes();
            while (site.passes() < passes + PASSES) {
                site.poke("clicks");
            }
            site.awaitQuiet();

            assertThat(owned(live())).isEqualTo(applied);
            String version = live().getMetadata().getResourceVersion();
            assertThat(sync(text).getMetadata().getResourceVersion())
                    .as("the next sync writes nothing")
                    .isEqualTo(version);
        }
    }

    private GenericKubernetesResource sync(PipelineText text) {
        GenericKubernetesResource resource =
                site.client.getKubernetesSerialization().unmarshal(text.yaml(), GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(site.namespace);
        resource.getMetadata().setLabels(Map.of("team", "web"));
        resource.getMetadata()
                .setAnnotations(
                        Map.of("argocd.argoproj.io/tracking-id", "shop:kafkaflink.io/KafkaFlinkPipeline:clicks"));
        return site.client
                .resource(resource)
                .fieldManager(MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private GenericKubernetesResource live() {
        return site.client
                .genericKubernetesResources("kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(site.namespace)
                .withName("clicks")
                .get();
    }

    private static Owned owned(GenericKubernetesResource pipeline) {
        String fields = pipeline.getMetadata().getManagedFields().stream()
                .filter(entry -> MANAGER.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getFieldsV1)
                .map(String::valueOf)
                .findFirst()
                .orElseThrow();
        // The test's own prod to look again.
        Map<String, String> annotations = new TreeMap<>(pipeline.getMetadata().getAnnotations());
        annotations.remove("poke");
        return new Owned(
                pipeline.getAdditionalProperties().get("spec"),
                pipeline.getMetadata().getLabels(),
                annotations,
                fields);
    }
}
