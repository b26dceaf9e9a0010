package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.flink.DeploymentKey;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Reasons;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A change by two FlinkDeployments: what is touched at which step, and the ways back. */
@RequiresKubeApi
class HandOverIT {
    private static final PipelineText CLICKS = PipelineText.named("clicks");
    private static final String SAVEPOINT_ON_DELETION = "kubernetes.operator.job.savepoint-on-deletion";

    private World world;
    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        world = World.of(api);
        site = new Site(world, namespace.name()).withTopicOperator().withOperator();
        site.apply(CLICKS);
        site.awaitReady("clicks");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("arm, approve, stop, go, verify, settle: the old job is not touched before it is stopped, once")
    void steps() {
        GenericKubernetesResource old = deployment("clicks-a");

        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {approval: Manual}"));
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.AWAITING_APPROVAL);

        assertUntouched(old);
        GenericKubernetesResource armed = deployment("clicks-b");
        assertThat(armed.getMetadata().getAnnotations())
                .containsEntry("kafkaflink.io/upgrade-id", status().upgrade().id())
                .containsEntry("kafkaflink.io/upgrade-step", "Arm");
        assertThat(option(armed, SAVEPOINT_ON_DELETION)).isEqualTo("false");
        assertThat(option(armed, "slotmanager.number-of-slots.min")).isEqualTo("2");
        assertThat(handover("clicks-b")).containsOnlyKeys("order", "armed");
        assertThat(status().plan().stateVerdict()).isEqualTo("Fit");

        site.apply(CLICKS.withPrefix("changed: ")
                .with("upgrade: {approval: Manual, approvedPlan: \""
                        + status().plan().id() + "\"}"));
        site.awaitReady("clicks");

        assertSettled("clicks-b", "clicks-a");
        GoOrder go =
                ((Reading.Found<GoOrder>) HandoverJson.read(handover("clicks-b").get("go"), GoOrder.class)).document();
        assertThat(savepoints()).containsExactly(go.savepoint());
        assertThat(status().lastUpgrade().savepoint()).isEqualTo(go.savepoint());
        assertThat(status().lastUpgrade().downtime()).isNotNull();
        assertThat(events())
                .anySatisfy(message -> assertThat(message).contains("step 2 of 5 Stop"))
                .anySatisfy(message -> assertThat(message).contains("step 3 of 5 Go"))
                .anySatisfy(message -> assertThat(message).contains("step 4 of 5 Verify"))
                .anySatisfy(message -> assertThat(message).contains("step 5 of 5 Settle"));
    }

    @Test
    @DisplayName(
            "a second pass, also of a restarted operator, writes nothing; the next change takes the other slot again")
    void secondPass() {
        site.apply(CLICKS.withPrefix("changed: "));
        site.awaitReady("clicks");
        site.awaitQuiet();
        site.requests.forget();

        site.poke("clicks");
        site.stopOperator();
        site.withOperator();
        site.poke("clicks");
        assertThat(site.requests.writing()).isEmpty();

        site.apply(CLICKS.withPrefix("changed again: "));
        site.awaitReady("clicks");
        assertSettled("clicks-a", "clicks-b");
        assertThat(savepoints()).hasSize(2);
    }

    @Test
    @DisplayName(
            "an image that cannot be pulled: said within seconds, taken back at the limit, the old job never notices")
    void imageMissing() {
        GenericKubernetesResource old = deployment("clicks-a");
        PipelineText wrong = CLICKS.withImage("job:nowhere");

        site.apply(wrong);
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.IMAGE_PULL_FAILED);
        assertThat(site.condition("clicks", "Ready").message())
                .contains("clicks-b")
                .contains("job:nowhere")
                .contains("Correct spec.flink.image");
        assertThat(site.condition("clicks", "JobRunning").status()).isEqualTo(Condition.Status.True);
        site.clock.advance(Duration.ofMinutes(6));
        site.poke("clicks");

        assertTakenBack(Reasons.IMAGE_PULL_FAILED);
        assertUntouched(old);

        site.apply(CLICKS);
        site.awaitReady("clicks");
        assertThat(status().rejected()).isNull();
        assertUntouched(old);
    }

    @Test
    @DisplayName("a main() that throws is given up at once; the same is tried again when the nonce asks for it")
    void throwsInMain() {
        GenericKubernetesResource old = deployment("clicks-a");
        script("clicks-b", Behaviour.throwsInMain("no such format"));

        site.apply(CLICKS.withPrefix("changed: "));
        assertTakenBack(Reasons.JOB_FAILED);
        assertUntouched(old);
        assertNothingWritten();

        script("clicks-b", Behaviour.healthy());
        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {retryNonce: 1}"));
        site.awaitReady("clicks");
        assertSettled("clicks-b", "clicks-a");
    }

    @Test
    @DisplayName(
            "a missing Secret and a full quota are said in words while the new job waits, and it goes on by itself")
    void heldUp() {
        script(
                "clicks-b",
                Behaviour.heldUp(
                        "FailedMount", "MountVolume.SetUp failed for volume \"tls\" : secret \"kafka-tls\" not found"));
        site.apply(CLICKS.withPrefix("changed: "));
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.VOLUME_MOUNT_FAILED);
        assertThat(site.condition("clicks", "Ready").message()).contains("secret \"kafka-tls\" not found");
        world.flinkOperator.run(() -> world.flink.letUp(key("clicks-b")));
        site.awaitReady("clicks");

        script(
                "clicks-a",
                Behaviour.heldUp(
                        "FailedCreate", "pods \"clicks-a-1\" is forbidden: exceeded quota: small, requested: cpu=1"));
        site.apply(CLICKS.withPrefix("changed again: "));
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.QUOTA_EXCEEDED);
        world.flinkOperator.run(() -> world.flink.letUp(key("clicks-a")));
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName(
            "a job that crashes after the go: the old one is resumed from its savepoint, and the change is not tried again")
    void crashLoop() {
        String job = jobId("clicks-a");
        script("clicks-b", Behaviour.crashLoops());

        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {rollback: {deadline: 3s}}"));

        assertTakenBack(Reasons.NO_CHECKPOINT);
        assertThat(jobId("clicks-a")).as("another start of the old job").isNotEqualTo(job);
        assertThat(deployment("clicks-a").<String>get("status", "jobStatus", "upgradeSavepointPath"))
                .isEqualTo(savepoints().get(0));
        assertThat(savepoints()).hasSize(1);
        assertThat(status().deployed().flinkDeployment()).isEqualTo("clicks-a");
        assertThat(handover("clicks-a").get("order")).contains("\"abandoned\"");
        assertNothingWritten();
    }

    @Test
    @DisplayName("going back in the spec before the stop takes the new job away, and nothing is held against it")
    void takenBackByTheUser() {
        GenericKubernetesResource old = deployment("clicks-a");
        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {approval: Manual}"));
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.AWAITING_APPROVAL);

        site.apply(CLICKS);
        site.awaitReady("clicks");

        assertUntouched(old);
        site.eventually(() -> assertThat(deployment("clicks-b")).isNull());
        assertThat(configMaps()).doesNotContain("clicks-b-handover");
        assertThat(status().rejected()).isNull();
    }

    @Test
    @DisplayName("with the status lost in the middle the change goes on where it was")
    void statusLost() {
        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {approval: Manual}"));
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.AWAITING_APPROVAL);
        String plan = status().plan().id();
        String armed = deployment("clicks-b").getMetadata().getUid();
        site.stopOperator();
        site.loseStatus("clicks");

        site.withOperator();
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.AWAITING_APPROVAL);
        assertThat(status().plan().id()).isEqualTo(plan);
        assertThat(deployment("clicks-b").getMetadata().getUid()).isEqualTo(armed);
        site.apply(CLICKS.withPrefix("changed: ").with("upgrade: {approval: Manual, approvedPlan: \"" + plan + "\"}"));
        site.awaitReady("clicks");

        assertSettled("clicks-b", "clicks-a");
        assertThat(savepoints()).hasSize(1);
    }

    @Test
    @DisplayName("growth in order: the topic, the new job armed, producers settled, the old job read on, then the stop")
    void growthDrained() {
        PipelineText pinned = CLICKS.with("upgrade: {growth: DrainThenGrow, producerSettle: 2s}");
        site.apply(pinned);
        site.awaitReady("clicks");
        GenericKubernetesResource old = deployment("clicks-b");

        site.apply(pinned.withPartitions(4));
        site.eventually(() -> assertThat(status().upgrade()).isNotNull().satisfies(upgrade -> {
            assertThat(upgrade.step()).isEqualTo("Drain");
            assertThat(upgrade.message()).contains("producers get until");
        }));
        assertThat(deployment("clicks-b").getMetadata().getGeneration())
                .isEqualTo(old.getMetadata().getGeneration());
        assertThat(handover("clicks-a").get("order")).doesNotContain("drain");
        site.awaitReady("clicks");

        site.eventually(() -> assertThat(deployment("clicks-b")).isNull());
        assertThat(handover("clicks-a"))
                .containsOnlyKeys("order", "armed", "drained", "go", "result", "verified")
                .hasEntrySatisfying("order", order -> assertThat(order).contains("\"drain\":true"));
        assertThat(status().lastUpgrade().kind()).isEqualTo("Growth");
        assertThat(status().lastUpgrade().result()).isEqualTo("Succeeded");
    }

    private void assertUntouched(GenericKubernetesResource old) {
        GenericKubernetesResource now = deployment(old.getMetadata().getName());
        assertThat(now.getMetadata().getGeneration())
                .isEqualTo(old.getMetadata().getGeneration());
        assertThat(now.getMetadata().getUid()).isEqualTo(old.getMetadata().getUid());
        assertThat(now.<String>get("status", "jobStatus", "jobId")).isEqualTo(old.get("status", "jobStatus", "jobId"));
        assertThat(savepoints()).isEmpty();
    }

    private void assertSettled(String running, String gone) {
        site.eventually(() -> assertThat(deployment(gone)).isNull());
        assertThat(option(deployment(running), SAVEPOINT_ON_DELETION)).isEqualTo("true");
        assertThat(status().deployed().flinkDeployment()).isEqualTo(running);
        assertThat(status().lastUpgrade().result()).isEqualTo("Succeeded");
        assertThat(status().upgrade()).isNull();
        assertThat(handover(running)).containsOnlyKeys("order", "armed", "go", "result", "verified");
        assertThat(configMaps()).doesNotContain(gone + "-handover");
    }

    /** The new FlinkDeployment is gone, the old job runs, and the pipeline says why it is not what the spec asks for. */
    private void assertTakenBack(String reason) {
        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.ROLLED_BACK);
        site.awaitReason("clicks", "JobRunning", Condition.Status.True, Reasons.JOB_RUNNING);
        site.eventually(() -> assertThat(deployment("clicks-b")).isNull());
        assertThat(configMaps()).doesNotContain("clicks-b-handover");
        assertThat(status().rejected().reason()).isEqualTo(reason);
        assertThat(site.condition("clicks", "Stalled").message()).contains(reason);
        assertThat(status().upgrade()).isNull();
        assertThat(status().observedGeneration())
                .isEqualTo(site.pipeline("clicks").getMetadata().getGeneration());
    }

    private void assertNothingWritten() {
        site.awaitQuiet();
        site.requests.forget();
        site.poke("clicks");
        assertThat(site.requests.writing()).isEmpty();
    }

    private void script(String deployment, Behaviour behaviour) {
        world.flinkOperator.run(() -> world.flink.script(key(deployment), behaviour));
    }

    private DeploymentKey key(String deployment) {
        return new DeploymentKey(site.namespace, deployment);
    }

    private PipelineStatus status() {
        return site.pipeline("clicks").getStatus();
    }

    private GenericKubernetesResource deployment(String name) {
        return site.get(Definition.FLINK_DEPLOYMENT, name);
    }

    private String jobId(String deployment) {
        return deployment(deployment).get("status", "jobStatus", "jobId");
    }

    private static String option(GenericKubernetesResource deployment, String key) {
        Map<String, String> options = deployment.get("spec", "flinkConfiguration");
        return options.get(key);
    }

    private Map<String, String> handover(String deployment) {
        return site.client
                .configMaps()
                .inNamespace(site.namespace)
                .withName(deployment + "-handover")
                .get()
                .getData();
    }

    private List<String> configMaps() {
        return site.client.configMaps().inNamespace(site.namespace).list().getItems().stream()
                .map(ConfigMap::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }

    private List<String> savepoints() {
        return site.all(Definition.FLINK_STATE_SNAPSHOT).inNamespace(site.namespace).list().getItems().stream()
                .map(snapshot -> snapshot.<String>get("status", "path"))
                .toList();
    }

    private List<String> events() {
        return site.client.v1().events().inNamespace(site.namespace).list().getItems().stream()
                .filter(event -> "kafkaflink-operator".equals(event.getReportingComponent()))
                .map(Event::getMessage)
                .toList();
    }
}
