package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Reasons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens when somebody else changes or removes a child. */
@RequiresKubeApi
class DriftIT {
    private static final PipelineText CLICKS =
            PipelineText.named("clicks").withTopicMembers(", config: {retention.ms: 600000}");

    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        site = new Site(World.of(api), namespace.name()).withTopicOperator().withOperator();
        site.apply(CLICKS);
        site.awaitReady("clicks");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("a field of ours in the FlinkDeployment gets its value back")
    void flinkField() {
        edit(
                Definition.FLINK_DEPLOYMENT,
                "clicks-a",
                "{\"spec\":{\"flinkConfiguration\":{\"pipeline.max-parallelism\":\"7\"}}}");

        site.eventually(() -> assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")
                        .<String>get("spec", "flinkConfiguration", "pipeline.max-parallelism"))
                .isEqualTo("720"));
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a field of somebody else in the FlinkDeployment stays as it is and costs no write")
    void foreignFlinkField() {
        site.awaitQuiet();
        site.requests.forget();

        edit(
                Definition.FLINK_DEPLOYMENT,
                "clicks-a",
                "{\"spec\":{\"flinkConfiguration\":{\"kubernetes.operator.reconcile.interval\":\"20 s\"}}}");
        site.poke("clicks");
        site.awaitQuiet();

        assertThat(site.requests.writing())
                .noneSatisfy(request -> assertThat(request).contains("flinkdeployments"));
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")
                        .<String>get("spec", "flinkConfiguration", "kubernetes.operator.reconcile.interval"))
                .isEqualTo("20 s");
    }

    @Test
    @DisplayName("a topic's config gets its value back, and a key of somebody else stays")
    void topicConfig() {
        edit(
                Definition.KAFKA_TOPIC,
                "clicks-in",
                "{\"spec\":{\"config\":{\"retention.ms\":1,\"cleanup.policy\":\"compact\"}}}");

        site.eventually(() -> assertThat(
                        site.get(Definition.KAFKA_TOPIC, "clicks-in").<Integer>get("spec", "config", "retention.ms"))
                .isEqualTo(600_000));
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in").<String>get("spec", "config", "cleanup.policy"))
                .isEqualTo("compact");
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("partitions raised by hand cannot be taken back: Stalled, with the number to set, and the job runs on")
    void morePartitions() {
        edit(Definition.KAFKA_TOPIC, "clicks-out", "{\"spec\":{\"partitions\":5}}");

        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.PARTITION_DECREASE_REJECTED);
        assertThat(site.condition("clicks", "Stalled").message()).contains("at least 5");
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-out").<Integer>get("spec", "partitions"))
                .isEqualTo(5);
        assertThat(site.condition("clicks", "JobRunning").status()).isEqualTo(Condition.Status.True);
    }

    @Test
    @DisplayName("partitions lowered by hand get their number back")
    void fewerPartitions() {
        edit(Definition.KAFKA_TOPIC, "clicks-out", "{\"spec\":{\"partitions\":1}}");

        site.eventually(
                () -> assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-out").<Integer>get("spec", "partitions"))
                        .isEqualTo(2));
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a deleted KafkaTopic is made again, and its new topic id stops the pipeline until it is acknowledged")
    void deletedTopic() {
        site.all(Definition.KAFKA_TOPIC)
                .inNamespace(site.namespace)
                .withName("clicks-out")
                .delete();

        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.TOPIC_RECREATED);
        String snippet = site.pipeline("clicks")
                .getStatus()
                .acknowledgements()
                .required()
                .get(0);
        site.apply(CLICKS.with("upgrade: {acknowledge: [" + snippet + "]}"));
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a deleted FlinkDeployment is made again from the savepoint of its deletion")
    void deletedJob() {
        String uid =
                site.get(Definition.FLINK_DEPLOYMENT, "clicks-a").getMetadata().getUid();
        site.all(Definition.FLINK_DEPLOYMENT)
                .inNamespace(site.namespace)
                .withName("clicks-a")
                .delete();

        site.eventually(() -> assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")
                        .getMetadata()
                        .getUid())
                .isNotEqualTo(uid));
        site.awaitReady("clicks");
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a").<String>get("spec", "job", "initialSavepointPath"))
                .isEqualTo(
                        site.pipeline("clicks").getStatus().savepoints().get(0).path());
    }

    private void edit(Definition definition, String name, String merge) {
        site.all(definition)
                .inNamespace(site.namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }
}
