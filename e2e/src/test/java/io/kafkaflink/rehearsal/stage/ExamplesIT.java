package io.kafkaflink.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.pipeline.Edit;
import io.kafkaflink.rehearsal.pipeline.LocalPipeline;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples and everything that a rehearsal makes of them, in the eyes of a real API server. */
@RequiresKubeApi
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("../k8s/examples");
    private static final String BROKER = "127.0.0.1:9092";

    private static ObjectNode in(TestNamespace namespace, ObjectNode manifest) {
        manifest.withObjectProperty("metadata").put("namespace", namespace.name());
        return manifest;
    }

    @Test
    @DisplayName(
            "every example, as it is and moved to this machine, its numbered companion and all changes are accepted")
    void accepted(KubeApi api, TestNamespace namespace) throws IOException {
        Crds.install(api.client(), true);
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> examples = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
            for (Path example : examples) {
                PipelineFile file = PipelineFile.read(example);
                LocalPipeline local = LocalPipeline.of(file, BROKER, "file:///tmp/state");
                AppliedPipeline asItIs = AppliedPipeline.create(api.client(), in(namespace, file.manifest()));
                AppliedPipeline.create(
                        api.client(),
                        in(
                                namespace,
                                NumberedPipeline.beside(local.manifest(), BROKER, 2)
                                        .manifest()));
                asItIs.apply(in(namespace, local.manifest()));
                asItIs.apply(Edit.grow(asItIs.manifest(), 4));
                asItIs.apply(Edit.harmless(asItIs.manifest()));
                asItIs.apply(Edit.suspend(asItIs.manifest(), true));
                asItIs.apply(Edit.orphan(asItIs.manifest(), true));
                assertThat(asItIs.look().current()).as("seen by an operator").isFalse();
            }
        }
    }

    @Test
    @DisplayName("the examples of upgrades, and what a rehearsal makes of their numbered companions, are accepted")
    void upgrades(KubeApi api, TestNamespace namespace) {
        Crds.install(api.client(), true);
        upgrade(api, namespace, "clickstream.yaml", "upgrades/clickstream-new-uids.yaml");
        upgrade(api, namespace, "upgrades/keyed-count-1.20.yaml", "upgrades/keyed-count-2.2.yaml");
    }

    private static void upgrade(KubeApi api, TestNamespace namespace, String before, String after) {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve(before));
        PipelineFile next = file.readUpgrade(EXAMPLES.resolve(after));
        LocalPipeline local = LocalPipeline.of(file, BROKER, "file:///tmp/state");
        ObjectNode changed = LocalPipeline.of(next, BROKER, "file:///tmp/state").manifest();
        NumberedPipeline numbered = NumberedPipeline.beside(local.manifest(), BROKER, 2);

        AppliedPipeline.create(api.client(), in(namespace, local.manifest())).apply(in(namespace, changed));
        AppliedPipeline.create(api.client(), in(namespace, numbered.manifest()))
                .apply(in(namespace, numbered.upgraded(changed, BROKER, 4)));

        assertThat(next.shape().sameResults(file.shape())).isTrue();
    }

    @Test
    @DisplayName("an unknown field and an impossible value are refused in the API server's words")
    void refused(KubeApi api, TestNamespace namespace) {
        Crds.install(api.client(), true);
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve("prefix.yaml"));
        ObjectNode unknown = in(namespace, file.manifest().deepCopy());
        ((ObjectNode) unknown.get("spec")).put("sauce", true);
        ObjectNode impossible = in(namespace, file.manifest().deepCopy());
        impossible.withObjectProperty("metadata").put("name", "Prefix_\u00fc");

        assertThatThrownBy(() -> AppliedPipeline.create(api.client(), unknown))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("spec.sauce");
        assertThatThrownBy(() -> AppliedPipeline.create(api.client(), impossible))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the API server refuses");
    }
}
