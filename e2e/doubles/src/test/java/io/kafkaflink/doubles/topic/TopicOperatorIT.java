package io.kafkaflink.doubles.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.processes.KafkaBroker;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running double on a real API server, over a map and over a real broker. */
@RequiresKubeApi
class TopicOperatorIT {

    @TempDir
    Path folder;

    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void install(KubeApi api, TestNamespace own) {
        ForeignCrds.find().install(api.client(), true);
        client = api.client();
        namespace = own.name();
    }

    @Test
    @DisplayName("create, grow, refuse to shrink, recreate by resync, delete: over a map")
    void overAMap() throws Exception {
        InMemoryTopics kafka = new InMemoryTopics();
        try (TopicOperator operator = TopicOperator.start(client, kafka, settings(), Clock.systemUTC())) {
            lifeOf(kafka);
        }
    }

    @Test
    @DisplayName("the same over a real broker, which also says no to what it does not know")
    void overABroker() throws Exception {
        try (ProcessLedger ledger = ProcessLedger.open(folder.resolve("ledgers"));
                KafkaBroker broker = KafkaBroker.start(ledger, folder.resolve("broker"));
                BrokerTopics kafka = new BrokerTopics(broker.bootstrapServers(), 5000);
                TopicOperator operator = TopicOperator.start(client, kafka, settings(), Clock.systemUTC())) {
            kafka.create("old-topic", OptionalInt.of(1), OptionalInt.empty(), Map.of("cleanup.policy", "compact"));
            lifeOf(kafka);
            create("odd", Map.of("partitions", 1, "config", Map.of("no.such", "x")));
            waiting().untilAsserted(() -> assertThat(condition("odd"))
                    .isEqualTo("False KafkaError org.apache.kafka.common.errors.InvalidConfigurationException: "
                            + "Unknown topic config name: no.such"));
            create("old-topic", Map.of("partitions", 3));
            waiting().untilAsserted(() -> assertThat(condition("old-topic")).isEqualTo("True - -"));
            TopicFacts.Present adopted = (TopicFacts.Present) kafka.describe("old-topic");
            assertThat(adopted.partitions()).isEqualTo(3);
            assertThat(adopted.config()).isEmpty();
        }
    }

    private void lifeOf(Topics kafka) throws Exception {
        create("clicks", Map.of("partitions", 2, "replicas", 1));
        waiting().untilAsserted(() -> assertThat(condition("clicks")).isEqualTo("True - -"));
        assertThat(topic("clicks").getMetadata().getFinalizers()).containsExactly(KafkaTopic.FINALIZER);
        TopicFacts.Present created = (TopicFacts.Present) kafka.describe("clicks");
        assertThat(status("clicks").topicId()).contains(created.id());

        partitions("clicks", 4);
        waiting().untilAsserted(() -> assertThat(status("clicks").observedGeneration())
                .hasValue(2));
        waiting().until(() -> kafka.describe("clicks") instanceof TopicFacts.Present p && p.partitions() == 4);

        partitions("clicks", 1);
        waiting().untilAsserted(() -> assertThat(condition("clicks"))
                .isEqualTo("False NotSupported Decreasing partitions not supported"));
        partitions("clicks", 4);
        waiting().untilAsserted(() -> assertThat(condition("clicks")).isEqualTo("True - -"));

        kafka.delete("clicks");
        waiting()
                .untilAsserted(() ->
                        assertThat(status("clicks").topicId()).isPresent().get().isNotEqualTo(created.id()));

        resource("clicks").delete();
        waiting().until(() -> topic("clicks") == null);
        waiting().until(() -> kafka.describe("clicks") instanceof TopicFacts.Absent);
    }

    private TopicOperatorSettings settings() {
        return TopicOperatorSettings.of(namespace, "demo")
                .withTimes(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private void create(String name, Map<String, Object> spec) {
        GenericKubernetesResource topic = new GenericKubernetesResource();
        topic.setApiVersion("kafka.strimzi.io/v1");
        topic.setKind("KafkaTopic");
        topic.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(Map.of(KafkaTopic.CLUSTER_LABEL, "demo"))
                .build());
        topic.setAdditionalProperty("spec", spec);
        client.genericKubernetesResources(KafkaTopicCodec.CONTEXT)
                .inNamespace(namespace)
                .resource(topic)
                .create();
    }

    private void partitions(String name, int count) {
        resource(name).edit(topic -> {
            topic.setAdditionalProperty("spec", Map.of("partitions", count, "replicas", 1));
            return topic;
        });
    }

    private KafkaTopicStatus status(String name) {
        return KafkaTopicCodec.read(topic(name)).status();
    }

    private String condition(String name) {
        List<KafkaTopicStatus.Condition> conditions = status(name).conditions();
        return conditions.isEmpty()
                ? "none"
                : conditions.get(0).status() + " " + conditions.get(0).reason().orElse("-") + " "
                        + conditions.get(0).message().orElse("-");
    }

    private GenericKubernetesResource topic(String name) {
        return resource(name).get();
    }

    private Resource<GenericKubernetesResource> resource(String name) {
        return client.genericKubernetesResources(KafkaTopicCodec.CONTEXT)
                .inNamespace(namespace)
                .withName(name);
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
