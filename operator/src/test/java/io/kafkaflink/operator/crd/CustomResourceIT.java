package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.crd.PipelineRequests.Answer;
import io.kafkaflink.operator.docs.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the real API server accepts and refuses, and in which words. */
@RequiresKubeApi
class CustomResourceIT {
    private static final int UNPROCESSABLE = 422;

    private final KubernetesSerialization serialization = ResourceSerialization.lenient();
    private final PipelineRequests requests;

    CustomResourceIT(KubernetesClient client, TestNamespace namespace) {
        requests = new PipelineRequests(client, namespace.name());
    }

    @BeforeAll
    static void crd(KubernetesClient client) {
        InstalledCrd.in(client);
    }

    @TestFactory
    @DisplayName("valid: accepted, with the same defaults in the schema as in the records")
    Stream<DynamicTest> valid() throws IOException {
        return PipelineFiles.startingWith("valid-").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> accepted(file)));
    }

    @TestFactory
    @DisplayName("invalid: refused with exactly the expected reasons")
    Stream<DynamicTest> invalid() throws IOException {
        return PipelineFiles.startingWith("invalid-").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)));
    }

    @Test
    @DisplayName("the examples, and the pipelines in README and docs, are accepted")
    void documented() throws IOException {
        List<String> shown = new ArrayList<>(MarkdownPage.pipelines());
        for (Path example : PipelineFiles.examples()) {
            shown.add(Files.readString(example));
        }
        for (String pipeline : shown) {
            Answer answer = requests.create(pipeline);
            assertThat(answer.isAccepted())
                    .as("%s: %s", pipeline, answer.text())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("every file is used, and there are enough of them")
    void files() throws IOException {
        assertThat(PipelineFiles.startingWith("valid-")).hasSizeGreaterThanOrEqualTo(12);
        assertThat(PipelineFiles.startingWith("invalid-")).hasSizeGreaterThanOrEqualTo(35);
        assertThat(PipelineFiles.all())
                .allSatisfy(
                        file -> assertThat(file.getFileName().toString()).matches("(valid|invalid)-[-a-z0-9]+\\.yaml"));
    }

    @Test
    @DisplayName("a spec of a megabyte is refused with the field that is too long")
    void megabyte() throws IOException {
        Answer answer = requests.create(withFlinkOption("x".repeat(1_000_000)));

        assertThat(answer.code()).isEqualTo(UNPROCESSABLE);
        assertThat(answer.problems())
                .contains("spec.flink.flinkConfiguration.a: Too long: may not be more than 2000 bytes");
    }

    private void accepted(Path file) throws IOException {
        List<String> resources = PipelineFiles.resources(file);
        Answer answer = requests.create(resources.get(0));
        for (String changed : resources.subList(1, resources.size())) {
            assertThat(answer.isAccepted()).as(answer.text()).isTrue();
            answer = requests.replace(answer, changed);
        }

        assertThat(answer.isAccepted()).as(answer.text()).isTrue();
        KafkaFlinkPipeline stored = read(answer.text());
        assertThat(stored.getSpec())
                .isEqualTo(read(resources.get(resources.size() - 1)).getSpec());
        assertThat(stored.getStatus().observedGeneration()).isEqualTo(-1L);
        assertThat(stored.getStatus().conditions()).isEqualTo(PipelineStatus.EMPTY.conditions());
    }

    private void refused(Path file) throws IOException {
        List<String> resources = PipelineFiles.resources(file);
        Answer answer = requests.create(resources.get(0));
        if (resources.size() == 2) {
            assertThat(answer.isAccepted()).as(answer.text()).isTrue();
            answer = requests.replace(answer, resources.get(1));
        }

        assertThat(answer.isAccepted()).as("accepted: %s", answer.text()).isFalse();
        if (Boolean.getBoolean("golden.update")) {
            PipelineFiles.expect(file, answer.problems());
        }
        assertThat(answer.problems()).containsExactlyInAnyOrderElementsOf(PipelineFiles.expected(file));
    }

    private KafkaFlinkPipeline read(String text) {
        return serialization.unmarshal(text, KafkaFlinkPipeline.class);
    }

    private static String withFlinkOption(String value) throws IOException {
        return PipelineFiles.resources(
                        PipelineFiles.startingWith("valid-minimal").get(0))
                .get(0)
                .replace("name: minimal", "name: large")
                .replace(
                        "connectorVersion: 5.0.0",
                        "connectorVersion: 5.0.0, flinkConfiguration: {a: \"" + value + "\"}");
    }
}
