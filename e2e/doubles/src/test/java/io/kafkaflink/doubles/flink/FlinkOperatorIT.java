package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The running double with simulated clusters on a real API server. */
@RequiresKubeApi
class FlinkOperatorIT {

    private static final String IMAGE = "example.org/pipeline-job:2.2";

    private final AtomicReference<SimulatedFlink> flink = new AtomicReference<>();
    private KubernetesClient client;
    private String namespace;
    private DeployedFlink deployed;
    private FlinkOperator operator;

    @BeforeEach
    void start(KubeApi api, TestNamespace own) throws Exception {
        ForeignCrds.find().install(api.client(), true);
        client = api.client();
        namespace = own.name();
        deployed = new DeployedFlink(client, namespace, "clicks-a");
        operator = startOperator();
        GenericKubernetesResource manifest = Serialization.unmarshal(
                Files.readString(Path.of("src/test/resources/manifests/flinkdeployment.yaml")),
                GenericKubernetesResource.class);
        manifest.getMetadata().setNamespace(namespace);
        Map<String, Object> spec = manifest.get("spec");
        @SuppressWarnings("unchecked")
        Map<String, Object> job = (Map<String, Object>) spec.get("job");
        job.remove("initialSavepointPath");
        job.remove("savepointRedeployNonce");
        client.resource(manifest).serverSideApply();
    }

    @AfterEach
    void stop() {
        operator.close();
        assertThat(operator.notRecorded()).isEmpty();
    }

    @Test
    @DisplayName("deploy, upgrade by savepoint, suspend, resume, delete")
    void life() {
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("1/1 STABLE RUNNING READY running/stateless"));
        String firstJob = deployed.status().job().jobId().orElseThrow();
        waiting().untilAsserted(() -> assertThat(deployed.checkpointIds()).isNotEmpty());

        deployed.patch("{'spec':{'job':{'args':['--config','other'],'parallelism':4}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("2/2 STABLE RUNNING READY running/savepoint"));
        String secondJob = deployed.status().job().jobId().orElseThrow();
        assertThat(secondJob).isNotEqualTo(firstJob);
        assertThat(deployed.haConfigMap(firstJob)).isEmpty();
        waiting().untilAsserted(() -> assertThat(deployed.upgradeSnapshots())
                .singleElement()
                .satisfies(snapshot -> {
                    assertThat(snapshot.state()).contains(StateSnapshot.State.COMPLETED);
                    assertThat(snapshot.path())
                            .isEqualTo(deployed.status().job().upgradeSavepointPath())
                            .isPresent();
                }));

        deployed.patch("{'spec':{'job':{'state':'suspended'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("3/3 SUSPENDED FINISHED READY suspended/savepoint"));
        deployed.patch("{'spec':{'image':'other'}}");
        deployed.patch("{'spec':{'image':'" + IMAGE + "','job':{'state':'running'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("5/5 STABLE RUNNING READY running/savepoint"));

        deployed.patch("{'spec':{'flinkConfiguration':{'kubernetes.operator.job.savepoint-on-deletion':'true'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief()).startsWith("6/6 STABLE"));
        deployed.resource().delete();
        waiting().until(() -> deployed.resource().get() == null);
        waiting().untilAsserted(() -> assertThat(deployed.upgradeSnapshots())
                .hasSize(3)
                .allMatch(snapshot -> snapshot.state().equals(Optional.of(StateSnapshot.State.COMPLETED))));
    }

    @Test
    @DisplayName("a killed operator goes on from the status")
    void killedOperator() {
        waiting().untilAsserted(() -> assertThat(deployed.brief()).startsWith("1/1 STABLE"));
        deployed.patch("{'spec':{'job':{'args':['--config','other']}}}");
        waiting().until(() -> deployed.status().reconciliation().upgrading());
        operator.close();
        operator = startOperator();
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("2/2 STABLE RUNNING READY running/savepoint"));
        assertThat(deployed.upgradeSnapshots()).hasSize(1);
    }

    @Test
    @DisplayName("a validation error leaves the job alone, an unknown image is a pull failure")
    void errors() {
        waiting().untilAsserted(() -> assertThat(deployed.brief()).startsWith("1/1 STABLE"));
        deployed.patch("{'spec':{'job':{'parallelism':0}}}");
        waiting().untilAsserted(() -> assertThat(deployed.status().error().orElse(""))
                .contains("must be larger than 0"));
        assertThat(deployed.brief()).isEqualTo("2/1 STABLE RUNNING READY running/stateless");
        deployed.patch("{'spec':{'image':'example.org/nope','job':{'parallelism':2}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("3/3 DEPLOYED RECONCILING ERROR running/savepoint"));
        assertThat(deployed.status().error().orElseThrow()).contains("ErrImagePull");
        assertThat(client.v1().events().inNamespace(namespace).list().getItems())
                .anyMatch(event -> event.getReason().equals("ErrImagePull"));
    }

    @Test
    @DisplayName(
            "a job that may only start by order arms, goes and reports in the handover ConfigMap; its pods are there")
    void handover() {
        waiting().untilAsserted(() -> assertThat(deployed.brief()).startsWith("1/1 STABLE"));
        assertThat(pods("clicks-a"))
                .hasSize(2)
                .allMatch(pod -> pod.getStatus().getPhase().equals("Running"));
        String hash = "ab".repeat(32);
        String map = HandoverKeys.configMapName("clicks-b");
        ArmOrder order = new ArmOrder(
                null, "u-1", "clicks-1", hash, null, List.of(), null, "5m", Map.of(), List.of(), null, null);
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(map)
                        .endMetadata()
                        .withData(Map.of(HandoverKeys.ORDER, HandoverJson.write(order)))
                        .build())
                .create();
        GenericKubernetesResource other = deployed.resource().get();
        other.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("clicks-b")
                .build());
        other.setAdditionalProperty("status", null);
        Map<String, Map<String, Object>> spec = other.get("spec");
        spec.get("flinkConfiguration").put("kafkaflink.handover", "required");
        spec.get("job").put("args", List.of("--config-hash", hash));
        client.resource(other).create();
        DeployedFlink next = new DeployedFlink(client, namespace, "clicks-b");

        waiting().until(() -> handoverData(map).containsKey(HandoverKeys.ARMED));
        waiting().untilAsserted(() -> assertThat(next.brief()).contains(" DEPLOYED RECONCILING READY "));
        String jobId = next.status().job().jobId().orElseThrow();
        GoOrder go = new GoOrder(null, "u-1", jobId, null, GoOrder.Offsets.StartingOffsets, List.of(), List.of());
        client.configMaps().inNamespace(namespace).withName(map).edit(found -> new ConfigMapBuilder(found)
                .addToData(HandoverKeys.GO, HandoverJson.write(go))
                .build());
        waiting()
                .until(() ->
                        handoverData(map).keySet().containsAll(Set.of(HandoverKeys.RESULT, HandoverKeys.VERIFIED)));
        waiting().untilAsserted(() -> assertThat(next.brief()).contains(" STABLE RUNNING READY "));
        next.resource().delete();
        waiting().until(() -> next.resource().get() == null && pods("clicks-b").isEmpty());
    }

    private Map<String, String> handoverData(String map) {
        return client.configMaps().inNamespace(namespace).withName(map).get().getData();
    }

    private List<Pod> pods(String deployment) {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(Map.of("app", deployment, "type", "flink-native-kubernetes"))
                .list()
                .getItems();
    }

    private FlinkOperator startOperator() {
        return FlinkOperator.start(
                client,
                Optional.of(namespace),
                configMaps -> flink.updateAndGet(old -> old != null
                        ? old
                        : new SimulatedFlink(Clock.systemUTC(), SimulatedTimes.rehearsal(), configMaps)
                                .knowsImage(IMAGE, "2.2.1")),
                FlinkOperatorSettings.rehearsal(),
                Clock.systemUTC());
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
    }
}
