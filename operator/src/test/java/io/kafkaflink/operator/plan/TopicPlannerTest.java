package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.TopicState;
import io.kafkaflink.operator.plan.Action.ApplyTopic;
import io.kafkaflink.operator.plan.Refusal.Cure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TopicPlannerTest {

    @Test
    void missingTopicsAreCreatedWithExplicitPartitions() {
        TopicDecision decision = TopicPlanner.plan(new Scene().situation(), Slot.A);

        assertThat(decision.actions())
                .extracting(action -> ((ApplyTopic) action).topic())
                .extracting(topic -> topic.topicName() + ":" + topic.partitions() + "@" + topic.namespace())
                .containsExactly("in:2@kafka", "out:4@kafka");
        assertThat(decision.partitions()).isEmpty();
    }

    @Test
    void parallelismIsTheProvenNumberOfTheLargestSourceTopic() {
        Scene scene = new Scene().withTopics();
        scene.edit("[{name: in, partitions: 2}]", "[{name: in, partitions: 2}, {name: more, partitions: 3}]");
        scene.topics.add(Scene.topic("more").partitions(3).build());

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).partitions()).contains(Partitions.all(3));
    }

    @Test
    void aGeneratorFollowsItsSinkTopic() {
        Scene scene = new Scene();
        scene.spec = Scene.spec("""
                kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod, namespace: kafka}}
                source: {datagen: {}}
                sinks: [{name: main, kafka: {topic: {name: out, partitions: 4}, format: {string: {}}}}]
                flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
                state: {dir: "s3://bucket/flink"}
                """);
        scene.topics.add(Scene.topic("out").partitions(4).build());

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).partitions()).contains(Partitions.all(4));
    }

    @Test
    void anExternalTopicIsTakenAtItsWord() {
        Scene scene = new Scene().withTopics();
        scene.edit("{name: in, partitions: 2}", "{name: in, partitions: 5, management: External}");
        scene.topics.remove(0);

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).partitions()).contains(Partitions.all(5));
    }

    @Test
    void anExistingTopicIsFollowedAndNeverWritten() {
        Scene scene = new Scene().withTopics();
        scene.edit("{name: in, partitions: 2}", "{name: in, management: Existing}");
        scene.topics.set(0, Scene.topic("in").partitions(6).pipeline("a/other").build());

        TopicDecision decision = TopicPlanner.plan(scene.situation(), Slot.A);

        assertThat(decision.partitions()).contains(Partitions.all(6));
        assertThat(decision.actions()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("pending")
    void whatIsNotProvenIsExplained(String reason, Cure cure, TopicState found, String message) {
        Scene scene = new Scene().running();
        scene.topics.set(0, found);

        TopicDecision decision = TopicPlanner.plan(scene.situation(), Slot.A);

        assertThat(decision.partitions()).isEmpty();
        assertThat(decision.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.cure()).isEqualTo(cure);
            assertThat(refusal.message()).contains(message);
        });
    }

    static Stream<Arguments> pending() {
        return Stream.of(
                arguments(
                        Reasons.TOPIC_CHANGING,
                        Cure.TIME,
                        in().generation(2, 1L).build(),
                        "has not taken up generation 2 yet"),
                arguments(
                        Reasons.TOPIC_CREATING,
                        Cure.TIME,
                        in().generation(1, null)
                                .noCondition()
                                .topicId(null)
                                .age(Duration.ofSeconds(5))
                                .build(),
                        "waits for the Topic Operator's first status"),
                arguments(
                        Reasons.TOPIC_OPERATOR_SILENT,
                        Cure.TIME,
                        in().generation(1, null).noCondition().topicId(null).build(),
                        "no Topic Operator watches namespace kafka for label strimzi.io/cluster=prod"),
                arguments(
                        Reasons.TOPIC_NOT_SUPPORTED,
                        Cure.USER,
                        in().refused("NotSupported", "Decreasing partitions not supported")
                                .build(),
                        "NotSupported: Decreasing partitions not supported"),
                arguments(
                        Reasons.TOPIC_CONFLICT,
                        Cure.USER,
                        in().refused("ResourceConflict", "Managed by Ref{other}")
                                .build(),
                        "Managed by Ref{other}"),
                arguments(
                        Reasons.TOPIC_ERROR,
                        Cure.TIME,
                        in().refused("KafkaError", "TimeoutException")
                                .topicId(null)
                                .build(),
                        "KafkaError: TimeoutException"),
                arguments(
                        Reasons.TOPIC_SUSPENDED,
                        Cure.TIME,
                        in().suspended("Unmanaged").build(),
                        "is Unmanaged"),
                arguments(
                        Reasons.TOPIC_CHANGING,
                        Cure.TIME,
                        in().topicId(null).build(),
                        "does not report topic id and name of 'in' yet"),
                arguments(Reasons.TOPIC_DELETING, Cure.TIME, in().deleting().build(), "is being deleted"),
                arguments(
                        Reasons.PARTITION_DECREASE_REJECTED,
                        Cure.USER,
                        in().partitions(6).build(),
                        "has 6; Kafka cannot remove partitions. Set it to at least 6"),
                arguments(
                        Reasons.TOPIC_RECREATED,
                        Cure.USER,
                        in().topicId("id-new").build(),
                        "{risk: TopicRecreated, value: \"id-new\"}"),
                arguments(
                        Reasons.FOREIGN_TOPIC,
                        Cure.USER,
                        in().pipeline(null).build(),
                        "kafkaflink.io/adopt-by: default/p1"),
                arguments(
                        Reasons.TOPIC_MANAGED_TWICE,
                        Cure.USER,
                        in().pipeline("a/other").build(),
                        "belongs to KafkaFlinkPipeline a/other"));
    }

    @Test
    void anAbsentTopicIdIsNoRecreation() {
        Scene scene = new Scene().running();
        scene.topics.set(0, in().suspended("ReconciliationPaused").build());

        TopicDecision decision = TopicPlanner.plan(scene.situation(), Slot.A);

        assertThat(decision.refusals()).extracting(Refusal::reason).containsExactly(Reasons.TOPIC_SUSPENDED);
        assertThat(decision.topics().get(0).topicId()).isEqualTo("id-in");
    }

    @Test
    void aRecreatedTopicKeepsItsOldIdUntilItIsAcknowledged() {
        Scene scene = new Scene().running();
        scene.topics.set(0, in().topicId("id-new").build());
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).topics().get(0).topicId())
                .isEqualTo("id-in");

        scene.spec = Scene.spec(Scene.SPEC + "upgrade: {acknowledge: [{risk: TopicRecreated, value: \"id-new\"}]}");

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).topics().get(0).topicId())
                .isEqualTo("id-new");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals()).isEmpty();
    }

    @Test
    void growthOfAReadTopicIsRefusedUntilAllowedAndAcknowledged() {
        Scene scene = new Scene().running();
        String grown = Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4");

        scene.spec = Scene.spec(grown);
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Reasons.GROWTH_REFUSED);

        scene.spec = Scene.spec(grown + "upgrade: {growth: GrowInPlace}");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals())
                .extracting(Refusal::message)
                .singleElement()
                .asString()
                .contains("{risk: Reordering, value: \"in 2->4\"}");

        scene.spec = Scene.spec(
                grown + "upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"in 4->8\"}]}");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions()).isEmpty();

        scene.spec = Scene.spec(
                grown + "upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"in 2->4\"}]}");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions())
                .extracting(Action::why)
                .containsExactly("partitions 2 becomes 4");
        assertThat(scene.plan().consents()).hasSize(1);
    }

    @Test
    void aSinkTopicGrowsFreely() {
        Scene scene = new Scene().running();
        scene.edit("name: out, partitions: 4", "name: out, partitions: 8");

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions()).hasSize(1);
    }

    @Test
    void configIsComparedByTextAndOurOldKeysAreRemoved() {
        Scene scene = new Scene().running();
        scene.edit("{name: in, partitions: 2}", "{name: in, partitions: 2, config: {retention.ms: 1000}}");
        scene.topics.set(
                0,
                in().config(Map.of("retention.ms", "1000", "foreign", 1), Set.of("retention.ms"))
                        .build());
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions()).isEmpty();

        scene.topics.set(
                0,
                in().config(Map.of("retention.ms", 5, "old", 1), Set.of("retention.ms", "old"))
                        .build());
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions())
                .extracting(Action::why)
                .containsExactly("config retention.ms 5 becomes 1000, config old is removed");
    }

    @Test
    void adoptionNeedsTheOwnersWordAndStripsNothing() {
        Scene scene = new Scene().withTopics();
        scene.topics.set(
                0,
                in().pipeline(null)
                        .adoptBy("default/p1")
                        .config(Map.of("cleanup.policy", "compact"), Set.of())
                        .build());
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Reasons.ADOPTION_STRIPS_CONFIG);

        scene.edit("{name: in, partitions: 2}", "{name: in, partitions: 2, config: {cleanup.policy: compact}}");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions())
                .extracting(Action::why)
                .isEqualTo(List.of("its owner asked to have it adopted"));
    }

    private static Scene.Topics in() {
        return Scene.topic("in").partitions(2);
    }
}
