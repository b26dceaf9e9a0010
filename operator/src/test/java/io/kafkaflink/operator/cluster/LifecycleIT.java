package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.flink.DeploymentKey;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Reasons;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A pipeline from its creation through its changes. */
@RequiresKubeApi
class LifecycleIT {
    private static final PipelineText CLICKS = PipelineText.named("clicks");

    private World world;
    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        world = World.of(api);
        site = new Site(world, namespace.name()).withTopicOperator().withOperator();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("created: both topics, then the job with a subtask a partition, then Ready; then nothing is written")
    void created() {
        create();

        assertThat(topic("clicks-in").<Integer>get("spec", "partitions")).isEqualTo(2);
        assertThat(topic("clicks-out").<Integer>get("spec", "partitions")).isEqualTo(2);
        assertThat(job().<Integer>get("spec", "job", "parallelism")).isEqualTo(2);
        assertThat(status().deployed().parallelism()).isEqualTo(2);
        assertThat(status().topics()).hasSize(2).allSatisfy(topic -> assertThat(topic.topicId())
                .isNotNull());
        assertThat(status().groupId()).isEqualTo(site.namespace + ".clicks");
        assertThat(events()).contains("UpgradeStarted", "TopicApplied", "FlinkDeploymentApplied", "UpgradeCompleted");
    }

    @Test
    @DisplayName("a second pass, also by a restarted operator, sends no request that writes")
    void secondPass() {
        create();
        site.awaitQuiet();
        site.requests.forget();

        site.poke("clicks");
        site.stopOperator();
        site.withOperator();
        site.poke("clicks");

        assertThat(site.requests.writing()).isEmpty();
    }

    @Test
    @DisplayName("changed: one savepoint, then the new revision with the same uids")
    void changed() {
        create();
        var before = status().deployed();

        site.apply(CLICKS.withPrefix("changed: "));
        site.awaitReady("clicks");

        assertThat(status().deployed().revision()).isNotEqualTo(before.revision());
        assertThat(status().deployed().uids()).isEqualTo(before.uids());
        assertThat(status().lastUpgrade().kind()).isEqualTo("Configuration");
        assertThat(savepoints()).hasSize(1);
        site.eventually(() -> assertThat(status().savepoints()).hasSize(1));
    }

    @Test
    @DisplayName("grown 2 to 4: first the topics, then the job by savepoint")
    void grown() {
        create();

        site.apply(CLICKS.withPartitions(4)
                .with("upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"clicks-in 2->4\"}]}"));
        site.awaitReady("clicks");

        assertThat(job().<Integer>get("spec", "job", "parallelism")).isEqualTo(4);
        assertThat(status().partitions()).isEqualTo(4);
        assertThat(status().lastUpgrade().kind()).isEqualTo("Growth");
        assertThat(savepoints()).hasSize(1);
    }

    @Test
    @DisplayName("suspended and resumed: stopped with savepoint, Ready as Suspended, started from it")
    void suspendedAndResumed() {
        create();

        site.apply(CLICKS.suspended(true));
        site.awaitReason("clicks", "Ready", Condition.Status.True, Reasons.SUSPENDED);
        assertThat(status().job()).isEqualTo("SUSPENDED");
        assertThat(savepoints()).hasSize(1);

        site.apply(CLICKS);
        site.awaitReason("clicks", "Ready", Condition.Status.True, Reasons.READY);
        assertThat(status().job()).isEqualTo("RUNNING");
        assertThat(job().<String>get("status", "jobStatus", "upgradeSavepointPath"))
                .isEqualTo(status().savepoints().get(0).path());
    }

    @Test
    @DisplayName("with an end: Completed when its job has finished, started anew only once that is accepted")
    void completed() {
        PipelineText ending = CLICKS.upTo("Latest");
        PipelineText changed = ending.withPrefix("changed: ");
        site.apply(ending);
        site.awaitReady("clicks");

        world.flinkOperator.run(() -> world.flink.finish(new DeploymentKey(site.namespace, "clicks-a")));
        site.awaitReason("clicks", "Ready", Condition.Status.True, Reasons.COMPLETED);
        assertThat(status().job()).isEqualTo("FINISHED");
        String finished = status().deployed().jobId();

        site.apply(changed);
        site.awaitReason("clicks", "Ready", Condition.Status.False, Reasons.COMPLETED_JOB_CHANGED);

        site.apply(changed.with("upgrade: {acknowledge: [{risk: FreshStart, value: \"" + finished + "\"}]}"));
        site.awaitReason("clicks", "Ready", Condition.Status.True, Reasons.READY);
        assertThat(status().deployed().jobId()).isNotEqualTo(finished);
        assertThat(savepoints()).isEmpty();
    }

    @Test
    @DisplayName("the annotation suspends as the spec does")
    void annotated() {
        create();

        site.annotate("clicks", "kafkaflink.io/suspend", "true");

        site.awaitReason("clicks", "Ready", Condition.Status.True, Reasons.SUSPENDED);
    }

    @Test
    @DisplayName("a paused pipeline is looked at and not written to")
    void paused() {
        create();
        site.annotate("clicks", "kafkaflink.io/pause-reconciliation", "true");
        site.awaitReason("clicks", "Ready", Condition.Status.False, Reasons.PAUSED);
        site.awaitQuiet();
        site.requests.forget();

        site.apply(CLICKS.withPrefix("later: "));
        site.poke("clicks");
        site.awaitQuiet();

        assertThat(site.requests.writing())
                .allSatisfy(request -> assertThat(request).endsWith("/kafkaflinkpipelines/clicks/status"));
        assertThat(savepoints()).isEmpty();
    }

    @Test
    @DisplayName("a job whose main() throws is repaired by a change: made again, for it never completed a checkpoint")
    void repaired() {
        DeploymentKey key = new DeploymentKey(site.namespace, "clicks-a");
        world.flinkOperator.run(() -> world.flink.script(key, Behaviour.throwsInMain("no such format")));
        site.apply(CLICKS);
        site.awaitReason("clicks", "JobRunning", Condition.Status.False, Reasons.JOB_FAILED);
        String uid = job().getMetadata().getUid();

        site.apply(CLICKS.withPrefix("fixed: "));
        site.awaitReady("clicks");

        assertThat(job().getMetadata().getUid()).isNotEqualTo(uid);
        assertThat(status().lastUpgrade().kind()).isEqualTo("FirstStart");
    }

    private void create() {
        site.apply(CLICKS);
        site.awaitReady("clicks");
    }

    private PipelineStatus status() {
        return site.pipeline("clicks").getStatus();
    }

    private GenericKubernetesResource job() {
        String current =
                status().deployed() == null ? "clicks-a" : status().deployed().flinkDeployment();
        return site.get(Definition.FLINK_DEPLOYMENT, current);
    }

    private GenericKubernetesResource topic(String name) {
        return site.get(Definition.KAFKA_TOPIC, name);
    }

    private List<String> savepoints() {
        return site.all(Definition.FLINK_STATE_SNAPSHOT).inNamespace(site.namespace).list().getItems().stream()
                .map(snapshot -> snapshot.getMetadata().getName())
                .toList();
    }

    private List<String> events() {
        return site.client.v1().events().inNamespace(site.namespace).list().getItems().stream()
                .filter(event -> "kafkaflink-operator".equals(event.getReportingComponent()))
                .map(Event::getReason)
                .toList();
    }
}
