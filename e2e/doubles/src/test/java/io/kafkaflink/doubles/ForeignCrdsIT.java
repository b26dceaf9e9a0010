package io.kafkaflink.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one kind of definitions takes, the other takes too, and it comes back the same. */
@RequiresKubeApi
class ForeignCrdsIT {

    private static final List<String> MANIFESTS =
            List.of("flinkdeployment.yaml", "kafkatopic.yaml", "flinkstatesnapshot.yaml");

    @Test
    @DisplayName("our own schemas take the manifests and refuse a field that does not exist")
    void own(KubeApi api, TestNamespace namespace) throws IOException {
        ForeignCrds own = ForeignCrds.own();
        own.install(api.client(), true);
        assertTakes(api, namespace);
        assertRefuses(api, namespace);
    }

    @Test
    @DisplayName("the released definitions do the same")
    void released(KubeApi api, TestNamespace namespace) throws IOException {
        Optional<ForeignCrds> released = ForeignCrds.released();
        assumeTrue(released.isPresent(), "the released definitions are not beside the checkout");
        released.get().install(api.client(), true);
        assertTakes(api, namespace);
        assertRefuses(api, namespace);
    }

    private static void assertTakes(KubeApi api, TestNamespace namespace) throws IOException {
        for (String manifest : MANIFESTS) {
            GenericKubernetesResource resource = read(manifest, namespace);
            GenericKubernetesResource applied = api.client().resource(resource).serverSideApply();
            assertThat(Serialization.asJson(applied.getAdditionalProperties().get("spec")))
                    .as(manifest)
                    .isEqualTo(Serialization.asJson(
                            sorted(resource.getAdditionalProperties().get("spec"))));
        }
    }

    private static void assertRefuses(KubeApi api, TestNamespace namespace) throws IOException {
        try (KubernetesClient impatient = new KubernetesClientBuilder()
                .withConfig(api.config())
                .editOrNewConfig()
                .withRequestRetryBackoffLimit(0)
                .endConfig()
                .build()) {
            for (String manifest : MANIFESTS) {
                GenericKubernetesResource resource = read(manifest, namespace);
                resource.setAdditionalProperty("spec", Map.of("noSuchField", 1));
                assertThatThrownBy(() -> impatient.resource(resource).serverSideApply())
                        .as(manifest)
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("noSuchField");
            }
        }
    }

    private static GenericKubernetesResource read(String manifest, TestNamespace namespace) throws IOException {
        GenericKubernetesResource resource = Serialization.unmarshal(
                Files.readString(Path.of("src/test/resources/manifests", manifest)), GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace.name());
        return resource;
    }

    /** The API server returns fields in the order of their names. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> sorted = new java.util.TreeMap<>();
            fields.forEach((key, field) -> sorted.put(key.toString(), sorted(field)));
            return sorted;
        }
        return value instanceof List<?> items
                ? items.stream().map(ForeignCrdsIT::sorted).toList()
                : value;
    }
}
