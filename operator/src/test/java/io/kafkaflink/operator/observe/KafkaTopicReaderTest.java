package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KafkaTopicReaderTest {

    @Test
    @DisplayName("right after an edit Ready is still True, and nothing is proven; with the new generation it is")
    void proof() {
        TopicState edited = KafkaTopicReader.read(Recorded.kafkaTopic("edited"));
        TopicState grown = KafkaTopicReader.read(Recorded.kafkaTopic("grown"));

        assertThat(edited.ready().orElseThrow().status()).isTrue();
        assertThat(edited.provenPartitions()).isEmpty();
        assertThat(grown.provenPartitions()).contains(4);
        assertThat(grown.topicId()).isEqualTo("KP12agxRSXSb2pvUrj6JXA");
    }

    @Test
    @DisplayName("a refused decrease is read with reason and message")
    void refused() {
        TopicState topic = KafkaTopicReader.read(Recorded.kafkaTopic("decrease-refused"));

        assertThat(topic.ready())
                .contains(new TopicState.Readiness(false, "NotSupported", "Decreasing partitions not supported"));
        assertThat(topic.provenPartitions()).isEmpty();
    }

    @Test
    @DisplayName("paused and unmanaged are read as such, and prove nothing")
    void suspended() {
        assertThat(KafkaTopicReader.read(Recorded.kafkaTopic("paused")).suspended())
                .contains("ReconciliationPaused");
        assertThat(KafkaTopicReader.read(Recorded.kafkaTopic("unmanaged")).suspended())
                .contains("Unmanaged");
        assertThat(KafkaTopicReader.read(Recorded.kafkaTopic("paused")).provenPartitions())
                .isEmpty();
    }

    @Test
    @DisplayName("name, labels, owner, offer and the config keys that are ours")
    void metadata() {
        TopicState topic = KafkaTopicReader.read(Recorded.yaml("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: orders-4ebf9ca6
                  namespace: kafka
                  creationTimestamp: "2026-11-24T12:00:00Z"
                  labels:
                    strimzi.io/cluster: prod
                    app.kubernetes.io/managed-by: kafkaflink-operator
                    kafkaflink.io/pipeline: clicks
                    kafkaflink.io/pipeline-namespace: shop
                  annotations: {kafkaflink.io/adopt-by: shop/clicks}
                  managedFields:
                  - manager: kafkaflink-operator
                    operation: Apply
                    fieldsV1: {"f:spec": {"f:config": {"f:retention.ms": {}}, "f:partitions": {}}}
                  - manager: somebody
                    operation: Update
                    fieldsV1: {"f:spec": {"f:config": {"f:cleanup.policy": {}}}}
                spec:
                  topicName: Orders
                  partitions: 3
                  config: {retention.ms: 1000, cleanup.policy: compact, segment.ms: null}
                """));

        assertThat(topic.topicName()).isEqualTo("Orders");
        assertThat(topic.cluster()).isEqualTo("prod");
        assertThat(topic.pipeline()).isEqualTo("shop/clicks");
        assertThat(topic.adoptBy()).isEqualTo("shop/clicks");
        assertThat(topic.ownedConfig()).containsExactly("retention.ms");
        assertThat(topic.config()).containsOnlyKeys("retention.ms", "cleanup.policy");
        assertThat(topic.observedGeneration()).isNull();
    }

    @Test
    @DisplayName("times that move with every look of the Topic Operator are no difference, a reason is")
    void differences() {
        GenericKubernetesResource before = Recorded.kafkaTopic("grown");
        GenericKubernetesResource after = Recorded.yaml(new io.fabric8.kubernetes.client.utils.KubernetesSerialization()
                .asYaml(before)
                .replace("2026-11-21T10:31:58.278332027Z", "2026-11-24T00:00:00Z"));

        assertThat(after).isNotEqualTo(before);
        assertThat(KafkaTopicReader.differ(before, after)).isFalse();
        assertThat(KafkaTopicReader.differ(before, Recorded.kafkaTopic("edited")))
                .isTrue();
    }

    @Test
    @DisplayName("nonsense in spec and status is read as a topic of which nothing is known")
    void odd() {
        TopicState topic = KafkaTopicReader.read(Recorded.yaml("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: odd, namespace: kafka}
                spec: {partitions: many, config: [1], topicName: 5}
                status: {conditions: {type: Ready}, observedGeneration: {}}
                """));

        assertThat(topic.topicName()).isEqualTo("odd");
        assertThat(topic.partitions()).isNull();
        assertThat(topic.ready()).isEmpty();
        assertThat(topic.config()).isEmpty();
    }
}
