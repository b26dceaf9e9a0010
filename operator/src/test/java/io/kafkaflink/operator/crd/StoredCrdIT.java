package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The form in which the real API server stores the CRD. */
@RequiresKubeApi
class StoredCrdIT {
    private final KubernetesClient client;

    StoredCrdIT(KubernetesClient client) {
        this.client = client;
    }

    @Test
    @DisplayName("the stored spec is the file's, but for the two fields that the API server adds to every CRD")
    void canonical() {
        ObjectNode stored = new ObjectMapper().valueToTree(InstalledCrd.in(client));
        ObjectNode spec = (ObjectNode) stored.path("spec");

        assertThat(spec.remove("conversion").toString()).isEqualTo("{\"strategy\":\"None\"}");
        assertThat(((ObjectNode) spec.path("names")).remove("listKind").asText())
                .isEqualTo(KafkaFlinkPipeline.KIND + "List");
        assertThat(spec).isEqualTo(GeneratedCrd.tree().path("spec"));
    }

    @Test
    @DisplayName("applying the file again changes nothing")
    void again() {
        GenericKubernetesResource first = InstalledCrd.in(client);
        GenericKubernetesResource second = InstalledCrd.in(client);

        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }
}
