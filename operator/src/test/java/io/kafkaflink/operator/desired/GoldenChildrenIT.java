package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The golden children against the schemas of Strimzi and the Flink operator, by server-side apply as a dry run. */
@RequiresKubeApi
class GoldenChildrenIT {
    private final KubernetesClient client;

    GoldenChildrenIT(KubernetesClient client) {
        this.client = client;
    }

    @BeforeAll
    static void definitions(KubeApi api) {
        ForeignCrds.find().install(api.client(), true);
    }

    @TestFactory
    @DisplayName("every child is accepted and comes back with every field that was written")
    Stream<DynamicTest> accepted() {
        return GoldenCase.all().stream().flatMap(golden -> golden.children().entrySet().stream()
                .map(child -> DynamicTest.dynamicTest(
                        golden.name() + "/" + child.getKey(), () -> assertAccepted(child.getValue()))));
    }

    private void assertAccepted(String yaml) {
        GenericKubernetesResource child =
                new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(child.getMetadata().getNamespace())
                        .endMetadata()
                        .build())
                .serverSideApply();

        GenericKubernetesResource stored = client.resource(child)
                .dryRun()
                .fieldManager("golden")
                .forceConflicts()
                .serverSideApply();

        Map<String, Object> written = child.getAdditionalProperties();
        assertThat(CanonicalJson.tree(stored.getAdditionalProperties())).isEqualTo(CanonicalJson.tree(written));
    }
}
