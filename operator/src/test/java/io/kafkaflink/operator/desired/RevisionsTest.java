package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.model.JobConfiguration.Uids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionsTest {
    private final KubernetesSerialization kubernetes = new KubernetesSerialization();
    private final GoldenCase clickstream = GoldenCase.read(GoldenCase.ROOT.resolve("clickstream"));

    @TestFactory
    @DisplayName("a revision is read back from the API server's JSON as it was written")
    Stream<DynamicTest> roundTrip() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    Revision revision = golden.revision();
                    assertThat(Revisions.from(throughJson(revision, golden.pipeline())))
                            .isEqualTo(revision);
                }));
    }

    @Test
    @DisplayName("the name covers inputs, uids, versions, parallelism and everything rendered")
    void name() {
        Revision revision = clickstream.revision();

        assertThat(clickstream.revision().name()).isEqualTo(revision.name()).matches("clickstream-[0-9a-f]{8}");
        assertThat(render(new Uids("source-2", Map.of("main", "sink-main-1")), 2, "10.0.0.1:9092", "job:1")
                        .name())
                .isNotEqualTo(revision.name());
        assertThat(List.of(
                        render(GoldenCase.firstUids(clickstream.spec()), 2, "a:9092", "job:1")
                                .name(),
                        render(GoldenCase.firstUids(clickstream.spec()), 4, "a:9092", "job:1")
                                .name(),
                        render(GoldenCase.firstUids(clickstream.spec()), 2, "b:9092", "job:1")
                                .name(),
                        render(GoldenCase.firstUids(clickstream.spec()), 2, "a:9092", "job:2")
                                .name()))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("the ConfigMap that the pods mount bears the revision's name")
    void mounted() {
        Revision revision = clickstream.revision();

        assertThat(kubernetes.asJson(revision.deploymentSpec()))
                .contains("\"configMap\":{\"name\":\"" + revision.name() + "\"}")
                .contains("\"--config-hash\",\"" + revision.configHash() + "\"");
        assertThat(CanonicalJson.sha256(revision.jobConfiguration())).isEqualTo(revision.configHash());
    }

    @Test
    @DisplayName("an unowned revision outlives its pipeline")
    void unowned() {
        Revision revision = clickstream.revision();
        List<HasMetadata> unowned = List.of(
                Revisions.toControllerRevision(revision, clickstream.pipeline(), false),
                Revisions.toConfigMap(revision, clickstream.pipeline(), false));

        assertThat(unowned).allSatisfy(child -> assertThat(child.getMetadata().getOwnerReferences())
                .isEmpty());
    }

    @Test
    @DisplayName("the request decides state, upgrade mode and where a first deployment starts")
    void request() {
        Map<String, Object> job = job(new JobRequest(
                JobRequest.State.SUSPENDED, JobRequest.UpgradeMode.LAST_STATE, "s3://bucket/savepoint-1"));

        assertThat(job)
                .containsEntry("state", "suspended")
                .containsEntry("upgradeMode", "last-state")
                .containsEntry("initialSavepointPath", "s3://bucket/savepoint-1");
        assertThat(job(JobRequest.running()))
                .containsEntry("state", "running")
                .containsEntry("upgradeMode", "savepoint")
                .doesNotContainKey("initialSavepointPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inputHash           | data.inputHash: found nothing, expected a text
            uids                | data.uids: found nothing, expected an object
            parallelism         | data.parallelism: found nothing, expected a whole number of 32 bits
            flinkVersion        | data.flinkVersion: found nothing, expected a text
            connectorVersion    | data.connectorVersion: found nothing, expected a text
            configHash          | data.configHash: found nothing, expected a text
            jobConfiguration    | data.jobConfiguration: found nothing, expected a text
            labels              | data.labels: found nothing, expected an object
            flinkDeploymentSpec | data.flinkDeploymentSpec: found nothing, expected an object
            """)
    void missingMembers(String member, String message) {
        ControllerRevision stored = changed(data -> data.remove(member));

        assertThatThrownBy(() -> Revisions.from(stored))
                .isInstanceOf(InvalidRevision.class)
                .hasMessageStartingWith(
                        "ControllerRevision shop/" + clickstream.revision().name() + ", ")
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("a changed job configuration, other types and no data at all are invalid")
    void invalid() {
        assertThatThrownBy(() -> Revisions.from(changed(data -> data.put("jobConfiguration", "name: other\n"))))
                .isInstanceOf(InvalidRevision.class)
                .hasMessageContaining("data.jobConfiguration: found SHA-256");
        assertThatThrownBy(() -> Revisions.from(changed(data -> data.put("parallelism", "two"))))
                .isInstanceOf(InvalidRevision.class)
                .hasMessageContaining("data.parallelism: found a String");
        assertThatThrownBy(() -> Revisions.from(changed(data -> data.put("flinkDeploymentSpec", Map.of()))))
                .isInstanceOf(InvalidRevision.class)
                .hasMessageContaining("data.flinkDeploymentSpec.job: found nothing");
        ControllerRevision empty = throughJson(clickstream.revision(), clickstream.pipeline());
        empty.setData(null);
        assertThatThrownBy(() -> Revisions.from(empty))
                .isInstanceOf(InvalidRevision.class)
                .hasMessageContaining("data: found nothing, expected an object");
    }

    @Test
    @DisplayName("what another operator version added is ignored, and who rendered may be unknown")
    void lenient() throws InvalidRevision {
        Revision revision = Revisions.from(changed(data -> {
            data.put("handover", Map.of("since", 2));
            data.remove("rendererVersion");
        }));

        assertThat(revision.rendererVersion()).isEqualTo("unknown");
        assertThat(revision.deploymentSpec()).isEqualTo(clickstream.revision().deploymentSpec());
    }

    private interface Change {
        void to(Map<String, Object> data);
    }

    private ControllerRevision changed(Change change) {
        ControllerRevision stored = throughJson(clickstream.revision(), clickstream.pipeline());
        Map<String, Object> data = new HashMap<>(RevisionData.write(clickstream.revision()));
        change.to(data);
        stored.setData(data);
        return stored;
    }

    private ControllerRevision throughJson(Revision revision, PipelineId pipeline) {
        String json = kubernetes.asJson(Revisions.toControllerRevision(revision, pipeline, true));
        return kubernetes.unmarshal(json, ControllerRevision.class);
    }

    private Map<String, Object> job(JobRequest request) {
        GenericKubernetesResource deployment =
                FlinkDeployments.of(clickstream.pipeline(), Slot.B, clickstream.revision(), request, Optional.empty());
        assertThat(deployment.getMetadata().getName()).isEqualTo("clickstream-b");
        return deployment.get("spec", "job");
    }

    private Revision render(Uids uids, int parallelism, String servers, String image) {
        OperatorDefaults defaults =
                new OperatorDefaults(Map.of(new VersionPair("v2_2", "5.0.0"), image), null, "flink", "");
        return Revisions.render(
                clickstream.pipeline(),
                clickstream.spec(),
                new KafkaAccess(servers, List.of()),
                "group",
                uids,
                null,
                Partitions.all(parallelism),
                defaults);
    }
}
