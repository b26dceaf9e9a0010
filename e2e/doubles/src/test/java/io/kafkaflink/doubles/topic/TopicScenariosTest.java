package io.kafkaflink.doubles.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each situation of the Topic Operator's contract by its name. */
class TopicScenariosTest {

    private static final Map<String, String> OURS = Map.of(KafkaTopic.CLUSTER_LABEL, "demo");
    private static final OptionalInt NONE = OptionalInt.empty();

    private TopicWorld world = new TopicWorld();

    @Test
    void create() {
        created("clicks", 3);
        assertReady("clicks", 1);
        assertThat(world.topic("clicks").hasFinalizer()).isTrue();
        assertThat(world.topic("clicks").status().topicId())
                .contains(world.inKafka("clicks").id());
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(3);
    }

    @Test
    void increase() {
        created("clicks", 3);
        world.edit("clicks", partitions(6));
        assertReady("clicks", 2);
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(6);
    }

    @Test
    void decrease() {
        created("clicks", 6);
        world.edit("clicks", partitions(2));
        assertRefused("clicks", 2, "NotSupported", "Decreasing partitions not supported");
        assertThat(world.topic("clicks").status().topicId()).isPresent();
    }

    @Test
    @DisplayName("decrease+config: the config is applied all the same")
    void decreaseAndConfig() {
        created("clicks", 6);
        world.edit("clicks", old -> spec(2, Map.of("retention.ms", "1000")));
        assertRefused("clicks", 2, "NotSupported", "Decreasing partitions not supported");
        assertThat(world.inKafka("clicks").config()).containsEntry("retention.ms", "1000");
    }

    @Test
    @DisplayName("rename and rename-revert")
    void rename() {
        created("clicks", 1);
        world.edit("clicks", old -> new KafkaTopicSpec(Optional.of("other"), old.partitions(), NONE, Map.of()));
        assertRefused("clicks", 2, "NotSupported", "Changing spec.topicName is not supported");
        assertThat(world.topic("clicks").status().topicName()).contains("clicks");
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        world.edit("clicks", old -> spec(1, Map.of()));
        assertReady("clicks", 3);
    }

    @Test
    @DisplayName("duplicate and delete-duplicate with finalizers: the topic is safe")
    void duplicate() {
        created("clicks", 1);
        duplicateOf("clicks");
        assertRefused("copy", 1, "ResourceConflict", "Managed by Ref{namespace='topics', name='clicks'}");
        assertThat(world.topic("copy").hasFinalizer()).isFalse();
        world.delete("copy");
        assertThat(world.kafka.describe("clicks")).isInstanceOf(TopicFacts.Present.class);
        assertReady("clicks", 1);
    }

    @Test
    @DisplayName("delete-duplicate without finalizers: the real topic is gone, the owner stays Ready until the resync")
    void duplicateWithoutFinalizers() {
        world = new TopicWorld(TopicOperatorSettings.of("topics", "demo").withoutFinalizers());
        created("clicks", 1);
        String id = world.inKafka("clicks").id();
        duplicateOf("clicks");
        world.delete("copy");
        assertThat(world.kafka.describe("clicks")).isInstanceOf(TopicFacts.Absent.class);
        assertReady("clicks", 1);
        world.resync();
        assertThat(world.topic("clicks").status().topicId()).isPresent().isNotEqualTo(Optional.of(id));
    }

    @Test
    @DisplayName("two resources of the same second refuse each other")
    void sameSecond() {
        world.kafka.reachable(false);
        created("clicks", 1);
        world.create("copy", OURS, Map.of(), new KafkaTopicSpec(Optional.of("clicks"), NONE, NONE, Map.of()));
        world.kafka.reachable(true);
        world.resync();
        assertRefused("clicks", 1, "ResourceConflict", "Managed by Ref{namespace='topics', name='copy'}");
        assertRefused("copy", 1, "ResourceConflict", "Managed by Ref{namespace='topics', name='clicks'}");
    }

    @Test
    @DisplayName("adopt: partitions are added and foreign dynamic configs removed")
    void adopt() throws Exception {
        world.kafka.create("clicks", OptionalInt.of(2), NONE, Map.of("cleanup.policy", "compact"));
        created("clicks", 4);
        assertReady("clicks", 1);
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(4);
        assertThat(world.inKafka("clicks").config()).isEmpty();
    }

    @Test
    @DisplayName("adopt-smaller")
    void adoptSmaller() throws Exception {
        world.kafka.create("clicks", OptionalInt.of(4), NONE, Map.of());
        created("clicks", 2);
        assertRefused("clicks", 1, "NotSupported", "Decreasing partitions not supported");
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(4);
    }

    @Test
    @DisplayName("deleted-outside: Ready until the resync, then empty with a new id")
    void deletedOutside() throws Exception {
        created("clicks", 1);
        Optional<String> id = world.topic("clicks").status().topicId();
        world.kafka.delete("clicks");
        assertReady("clicks", 1);
        assertThat(world.topic("clicks").status().topicId()).isEqualTo(id);
        world.resync();
        assertReady("clicks", 1);
        assertThat(world.topic("clicks").status().topicId()).isPresent().isNotEqualTo(id);
    }

    @Test
    @DisplayName("raised-outside: an error at the next resync, not drift to copy back")
    void raisedOutside() throws Exception {
        created("clicks", 1);
        world.kafka.addPartitions("clicks", 3);
        assertReady("clicks", 1);
        world.resync();
        assertRefused("clicks", 1, "NotSupported", "Decreasing partitions not supported");
    }

    @Test
    @DisplayName("RF-too-high: KafkaError, no topic, no id")
    void replicationTooHigh() {
        world.create("clicks", OURS, Map.of(), new KafkaTopicSpec(Optional.empty(), NONE, OptionalInt.of(3), Map.of()));
        assertThat(condition("clicks").reason()).contains("KafkaError");
        assertThat(condition("clicks").message().orElseThrow())
                .startsWith("org.apache.kafka.common.errors.InvalidReplicationFactorException");
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        assertThat(world.kafka.describe("clicks")).isInstanceOf(TopicFacts.Absent.class);
    }

    @Test
    @DisplayName("RF-change")
    void replicationChange() {
        created("clicks", 2);
        world.edit(
                "clicks", old -> new KafkaTopicSpec(Optional.empty(), old.partitions(), OptionalInt.of(2), Map.of()));
        assertRefused(
                "clicks",
                2,
                "NotSupported",
                "Replication factor change not supported, but required for partitions [0, 1]");
    }

    @Test
    @DisplayName("bad-config")
    void badConfig() {
        world.create("clicks", OURS, Map.of(), spec(1, Map.of("no.such", "x")));
        assertRefused(
                "clicks",
                1,
                "KafkaError",
                "org.apache.kafka.common.errors.InvalidConfigurationException: Unknown topic config name: no.such");
    }

    @Test
    @DisplayName("paused and unpaused: the generation is observed, nothing is applied")
    void paused() {
        created("clicks", 1);
        world.annotate("clicks", "strimzi.io/pause-reconciliation", "true");
        world.edit("clicks", partitions(5));
        assertThat(condition("clicks").type()).isEqualTo("ReconciliationPaused");
        assertThat(world.topic("clicks").status().observedGeneration()).hasValue(2);
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(1);
        world.annotate("clicks", "strimzi.io/pause-reconciliation", null);
        assertReady("clicks", 2);
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(5);
    }

    @Test
    @DisplayName("unmanaged+delete: the topic stays")
    void unmanaged() {
        created("clicks", 1);
        world.annotate("clicks", "strimzi.io/managed", "false");
        assertThat(condition("clicks").type()).isEqualTo("Unmanaged");
        assertThat(world.topic("clicks").status().topicName()).isEmpty();
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        world.delete("clicks");
        assertThat(world.topic("clicks")).isNull();
        assertThat(world.kafka.describe("clicks")).isInstanceOf(TopicFacts.Present.class);
    }

    @Test
    @DisplayName("no-label and wrong label: nothing at all")
    void noLabel() {
        world.create("clicks", Map.of(), Map.of(), spec(1, Map.of()));
        world.create("views", Map.of(KafkaTopic.CLUSTER_LABEL, "prod"), Map.of(), spec(1, Map.of()));
        for (String name : Set.of("clicks", "views")) {
            assertThat(world.topic(name).status()).isEqualTo(KafkaTopicStatus.NONE);
            assertThat(world.topic(name).finalizers()).isEmpty();
            assertThat(world.kafka.describe(name)).isInstanceOf(TopicFacts.Absent.class);
        }
    }

    @Test
    @DisplayName("empty-spec: the broker's defaults")
    void emptySpec() {
        world.create("clicks", OURS, Map.of(), new KafkaTopicSpec(Optional.empty(), NONE, NONE, Map.of()));
        assertReady("clicks", 1);
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(1);
    }

    @Test
    @DisplayName("delete: the topic first, then the resource")
    void delete() {
        created("clicks", 1);
        world.delete("clicks");
        assertThat(world.topic("clicks")).isNull();
        assertThat(world.kafka.describe("clicks")).isInstanceOf(TopicFacts.Absent.class);
    }

    @Test
    @DisplayName("kafka-down: silence, then KafkaError without id, then Ready again")
    void kafkaDown() {
        created("clicks", 1);
        world.kafka.reachable(false);
        world.edit("clicks", partitions(2));
        world.pass(Duration.ofSeconds(75));
        world.handle("clicks");
        assertReady("clicks", 1);
        world.pass(Duration.ofSeconds(2));
        world.handle("clicks");
        assertThat(condition("clicks").reason()).contains("KafkaError");
        assertThat(condition("clicks").message().orElseThrow()).contains("TimeoutException");
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        world.kafka.reachable(true);
        world.handle("clicks");
        assertReady("clicks", 2);
        assertThat(world.topic("clicks").status().topicId()).isPresent();
    }

    @Test
    @DisplayName("create race: Ready without id and with a wrong partition count until the next look")
    void createRace() throws Exception {
        world = new TopicWorld(TopicOperatorSettings.of("topics", "demo").withCreateRace());
        world.kafka.create("clicks", OptionalInt.of(1), NONE, Map.of());
        created("clicks", 4);
        assertReady("clicks", 1);
        assertThat(world.topic("clicks").status().topicId()).isEmpty();
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(1);
        world.resync();
        assertThat(world.topic("clicks").status().topicId()).isPresent();
        assertThat(world.inKafka("clicks").partitions()).isEqualTo(4);
    }

    private void created(String name, int partitions) {
        world.create(name, OURS, Map.of(), spec(partitions, Map.of()));
    }

    private void duplicateOf(String name) {
        world.pass(Duration.ofSeconds(2));
        world.create("copy", OURS, Map.of(), new KafkaTopicSpec(Optional.of(name), OptionalInt.of(1), NONE, Map.of()));
    }

    private static KafkaTopicSpec spec(int partitions, Map<String, String> config) {
        return new KafkaTopicSpec(Optional.empty(), OptionalInt.of(partitions), NONE, config);
    }

    private static java.util.function.UnaryOperator<KafkaTopicSpec> partitions(int count) {
        return old -> spec(count, old.config());
    }

    private KafkaTopicStatus.Condition condition(String name) {
        assertThat(world.topic(name).status().conditions()).hasSize(1);
        return world.topic(name).status().conditions().get(0);
    }

    private void assertReady(String name, long observed) {
        assertThat(condition(name).untimed()).isEqualTo(KafkaTopicStatus.Condition.positive("Ready", ""));
        assertThat(world.topic(name).status().observedGeneration()).hasValue(observed);
    }

    private void assertRefused(String name, long observed, String reason, String message) {
        assertThat(condition(name).untimed()).isEqualTo(KafkaTopicStatus.Condition.notReady(reason, message, ""));
        assertThat(world.topic(name).status().observedGeneration()).hasValue(observed);
    }
}
