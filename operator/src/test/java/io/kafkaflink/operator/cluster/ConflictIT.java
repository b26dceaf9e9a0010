package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
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

/** Names and topics that somebody else has. */
@RequiresKubeApi
class ConflictIT {
    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        site = new Site(World.of(api), namespace.name()).withTopicOperator().withOperator();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("a FlinkDeployment of somebody else under our name is not taken over; gone, the pipeline starts")
    void foreignFlinkDeployment() {
        GenericKubernetesResource foreign = create("""
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata: {name: clicks-a}
                spec: {image: "theirs:1", job: {state: suspended}}
                """);
        site.apply(PipelineText.named("clicks"));

        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.NAME_CONFLICT);
        assertThat(site.condition("clicks", "Stalled").message())
                .contains("FlinkDeployment " + site.namespace + "/clicks-a")
                .contains("was not made by this operator");
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a").<String>get("spec", "image"))
                .isEqualTo("theirs:1");
        site.awaitQuiet();
        site.requests.forget();
        site.poke("clicks");
        assertThat(site.requests.writing()).isEmpty();

        site.client.resource(foreign).delete();
        site.poke("clicks");
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a ConfigMap of somebody else under the name of a handover is not taken over, and is there afterwards")
    void foreignHandover() {
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("clicks-a-handover")
                .withNamespace(site.namespace)
                .endMetadata()
                .addToData("theirs", "x")
                .build();
        site.client.resource(foreign).create();
        site.apply(PipelineText.named("clicks"));

        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.NAME_CONFLICT);
        assertThat(site.condition("clicks", "Stalled").message())
                .contains("ConfigMap " + site.namespace + "/clicks-a-handover");
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")).isNull();
        assertThat(site.client.resource(foreign).get().getData()).isEqualTo(java.util.Map.of("theirs", "x"));

        site.client.resource(foreign).delete();
        site.poke("clicks");
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a KafkaTopic of somebody else is not taken over, unless its owner offers it")
    void foreignTopic() {
        create("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: clicks-in, labels: {strimzi.io/cluster: prod}}
                spec: {partitions: 2, replicas: 1}
                """);
        site.apply(PipelineText.named("clicks"));
        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.FOREIGN_TOPIC);

        site.all(Definition.KAFKA_TOPIC)
                .inNamespace(site.namespace)
                .withName("clicks-in")
                .edit(topic -> {
                    topic.getMetadata()
                            .setAnnotations(java.util.Map.of("kafkaflink.io/adopt-by", site.namespace + "/clicks"));
                    return topic;
                });
        site.awaitReady("clicks");
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in").getMetadata().getLabels())
                .containsEntry("kafkaflink.io/pipeline", "clicks");
    }

    @Test
    @DisplayName("a KafkaTopic of another topic under the name that ours would have is not taken over")
    void foreignTopicName() {
        create("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: clicks-in, labels: {strimzi.io/cluster: prod}}
                spec: {topicName: another, partitions: 1, replicas: 1}
                """);
        site.apply(PipelineText.named("clicks"));

        site.awaitReason("clicks", "Stalled", Condition.Status.True, Reasons.NAME_CONFLICT);
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in").<String>get("spec", "topicName"))
                .isEqualTo("another");
    }

    @Test
    @DisplayName("of two managers of a topic the older wins; the younger goes on when the older is gone")
    void twoManagers() {
        site.apply(PipelineText.named("clicks"));
        site.awaitReady("clicks");
        PipelineText other = PipelineText.named("clones");
        String sharing = other.yaml().replace("clones-in", "clicks-in");

        site.apply("clones", sharing);
        site.awaitReason("clones", "Stalled", Condition.Status.True, Reasons.TOPIC_MANAGED_TWICE);
        assertThat(site.condition("clones", "Stalled").message()).contains(site.namespace + "/clicks");
        assertThat(site.condition("clicks", "Ready").status()).isEqualTo(Condition.Status.True);

        // Its topics stay, with its label; the younger pipeline needs them offered.
        site.delete("clicks");
        site.eventually(() -> assertThat(site.find("clicks")).isEmpty());
        site.awaitReason("clones", "Stalled", Condition.Status.True, Reasons.TOPIC_MANAGED_TWICE);
        assertThat(site.condition("clones", "Stalled").message()).contains("KafkaTopic");
    }

    private GenericKubernetesResource create(String yaml) {
        GenericKubernetesResource resource =
                new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(site.namespace);
        return site.client.resource(resource).create();
    }
}
