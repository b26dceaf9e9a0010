package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Children that an older operator wrote: other renderer, labels, default image, options, unknown members. These files are
 * never regenerated; that they still hold is the promise that a new operator restarts no job.
 */
class YesterdayTest {
    private static final Path ROOT = Path.of("src/test/resources/golden/yesterday");
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();

    static Stream<Path> cases() throws IOException {
        return Files.list(ROOT).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("the stored revision gives exactly the FlinkDeployment and ConfigMap that were stored")
    void sameChildren(Path folder) throws Exception {
        PipelineId pipeline = GoldenCase.read(folder).pipeline();
        Revision revision = stored(folder);

        assertThat(CanonicalJson.tree(
                        FlinkDeployments.of(pipeline, Slot.A, revision, JobRequest.running(), Optional.empty())))
                .isEqualTo(file(folder, "out-FlinkDeployment.yaml", GenericKubernetesResource.class));
        assertThat(CanonicalJson.tree(Revisions.toConfigMap(revision, pipeline, true)))
                .isEqualTo(file(folder, "out-ConfigMap.yaml", ConfigMap.class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("the spec, with all defaults the API server filled in, still has the stored input hash")
    void sameInputs(Path folder) throws Exception {
        GoldenCase yesterday = GoldenCase.read(folder);

        assertThat(InputHash.of(yesterday.spec(), Partitions.all(yesterday.parallelism())))
                .isEqualTo(stored(folder).inputHash());
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("rendered today it would be another revision, which is why the stored one counts")
    void otherRendering(Path folder) throws Exception {
        Revision today = GoldenCase.read(folder).revision();
        Revision stored = stored(folder);

        assertThat(today.deploymentSpec()).isNotEqualTo(stored.deploymentSpec());
        assertThat(today.labels()).isNotEqualTo(stored.labels());
        assertThat(today.configHash()).isNotEqualTo(stored.configHash());
        assertThat(stored.uids().source()).isEqualTo("source-2");
        assertThat(stored.rendererVersion()).isEqualTo("0");
    }

    private Revision stored(Path folder) throws IOException, InvalidRevision {
        String yaml = Files.readString(folder.resolve("in-ControllerRevision.yaml"));
        return Revisions.from(kubernetes.unmarshal(yaml, ControllerRevision.class));
    }

    private Object file(Path folder, String name, Class<?> type) throws IOException {
        return CanonicalJson.tree(kubernetes.unmarshal(Files.readString(folder.resolve(name)), type));
    }
}
