package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kafkaflink.operator.observe.Claims;
import io.kafkaflink.operator.observe.KafkaState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardsTest {

    @Test
    void aSoundSpecIsNotRefused() {
        assertThat(Guards.refusals(new Scene().situation())).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refusals")
    void refusesWithReasonAndMessage(String reason, Consumer<Scene> given, String message) {
        Scene scene = new Scene().withTopics();
        given.accept(scene);

        Plan plan = scene.plan();

        assertThat(plan.refusals()).anySatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.message()).contains(message);
        });
        assertThat(plan.actions()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        Reasons.DEFINITION_MISSING,
                        scene -> scene.missing.add("kafkatopics.kafka.strimzi.io"),
                        "does not serve [kafkatopics.kafka.strimzi.io]; install Strimzi"),
                refusal(
                        Reasons.FLINK_OPERATOR_TOO_OLD,
                        scene -> scene.flinkOperatorTooOld = Optional.of("its definition has no status.conditions"),
                        "older than 1.15: its definition has no status.conditions. Before 1.15"),
                refusal(
                        Reasons.UNSUPPORTED_VERSION_PAIR,
                        edit("connectorVersion: 5.0.0", "connectorVersion: 3.3.0"),
                        "flinkVersion v2_2 with connectorVersion 3.3.0 is not supported; expected one of"),
                refusal(
                        Reasons.STATE_DIR_MISSING,
                        edit("state: {dir: \"s3://bucket/flink\"}", "state: {}"),
                        "spec.state.dir"),
                refusal(
                        Reasons.KAFKA_NOT_GIVEN,
                        edit(
                                "kafka: {bootstrapServers: \"kafka:9092\", topicOperator: {cluster: prod, namespace: kafka}}",
                                ""),
                        "set spec.kafka.clusterRef or"),
                refusal(
                        Reasons.TOPIC_OPERATOR_NOT_GIVEN,
                        edit(", topicOperator: {cluster: prod, namespace: kafka}", ""),
                        "spec.kafka.topicOperator.cluster is absent"),
                refusal(
                        Reasons.SPEC_INVALID,
                        edit("topics: [{name: in, partitions: 2}]", "topicPattern: in-.*"),
                        "spec.flink.parallelism: found nothing, expected a number with source.kafka.topicPattern"),
                refusal(
                        Reasons.SPEC_INVALID,
                        edit("connectorVersion: 5.0.0", "connectorVersion: 5.0.0, parallelism: 3"),
                        "spec.flink.parallelism: found 3, expected nothing but with source.kafka.topicPattern"),
                refusal(
                        Reasons.PARTITIONS_EXCEED_MAX_PARALLELISM,
                        edit(
                                "topics: [{name: in, partitions: 2}]",
                                "partitions: [" + "{topic: in, partition: 0},".repeat(721) + "]"),
                        "spec.source.kafka.partitions: found 721, at most spec.state.maxParallelism (720)"),
                refusal(
                        Reasons.SPEC_INVALID,
                        edit("topics: [{name: in, partitions: 2}]", "partitions: [{topic: out, partition: 0}]"),
                        "spec.sinks[0].kafka.topic: found a topic of the source"),
                refusal(Reasons.TOPIC_LISTED_TWICE, edit("name: out", "name: in"), "topic 'in' stands twice"),
                refusal(
                        Reasons.TOPIC_LISTED_TWICE,
                        edit(
                                "format: {json: {}}",
                                "topicField: user, topics: [{name: out, partitions: 4}], format: {json: {}}"),
                        "spec.sinks[main].kafka.topics[out]: topic 'out' stands twice"),
                refusal(
                        Reasons.SPEC_INVALID,
                        edit(
                                "topic: {name: out, partitions: 4}",
                                "topicField: bytes, topics: [{name: out, partitions: 4}]"),
                        "spec.sinks[0].kafka.topicField: found 'bytes' of type Long"),
                refusal(
                        Reasons.PARTITIONS_EXCEED_MAX_PARALLELISM,
                        edit("partitions: 2", "partitions: 721"),
                        "found 721, at most spec.state.maxParallelism (720)"),
                refusal(
                        Reasons.TRANSACTION_TIMEOUT_TOO_SHORT,
                        edit("keyField: user}", "keyField: user, delivery: {transactionTimeout: 5m}}"),
                        "found 5m, expected at least 610s"),
                refusal(
                        Reasons.TRANSACTION_TIMEOUT_TOO_SHORT,
                        edit(
                                "state: {dir: \"s3://bucket/flink\"}",
                                "state: {dir: \"s3://bucket/flink\", checkpoints: {minPause: 20s, toleratedFailures: 3}}"),
                        "found 15m, expected at least 1220s"),
                refusal(
                        Reasons.FIELD_REFUSED,
                        edit(
                                "connectorVersion: 5.0.0}",
                                "connectorVersion: 5.0.0, flinkConfiguration: {parallelism.default: \"9\"}}"),
                        "parallelism.default"),
                refusal(Reasons.SPEC_INVALID, edit("keyBy: user", "keyBy: nobody"), "transforms[0].keyedCount.keyBy"),
                refusal(
                        Reasons.GROUP_ID_CHANGED,
                        scene -> {
                            scene.running();
                            edit(
                                            "topics: [{name: in, partitions: 2}]",
                                            "topics: [{name: in, partitions: 2}]\n    groupId: other")
                                    .accept(scene);
                        },
                        "found 'other', but this pipeline commits to 'default.p1'"),
                refusal(
                        Reasons.CONSUMER_GROUP_SHARED,
                        scene -> scene.others.add(new Claims(
                                "a/elder", Scene.NOW.minusSeconds(90000), "kafka/prod", Set.of(), "default.p1")),
                        "KafkaFlinkPipeline a/elder uses consumer group 'default.p1'"),
                refusal(
                        Reasons.TOPIC_MANAGED_TWICE,
                        scene -> scene.others.add(
                                new Claims("a/elder", Scene.NOW.minusSeconds(90000), "kafka/prod", Set.of("out"), "g")),
                        "topic 'out' is managed by KafkaFlinkPipeline a/elder"),
                refusal(
                        Reasons.KAFKA_NOT_FOUND,
                        scene -> scene.kafka = new KafkaState.NoCluster("kafka", "prod"),
                        "no Kafka kafka/prod"),
                refusal(
                        Reasons.LISTENER_NOT_FOUND,
                        scene -> scene.kafka = new KafkaState.NoListener("kafka", "prod", "tls", List.of("plain")),
                        "publishes no listener 'tls'; it publishes [plain]"));
    }

    @Test
    void theElderOfTwoPipelinesKeepsWhatBothClaim() {
        Scene scene = new Scene().running();
        scene.others.add(new Claims("z/younger", Scene.NOW, "kafka/prod", Set.of("in", "out"), "default.p1"));

        assertThat(scene.plan().refusals()).isEmpty();
    }

    @Test
    void theSameNamesOnAnotherKafkaAreNoClash() {
        Scene scene = new Scene().running();
        scene.others.add(
                new Claims("a/elder", Scene.NOW.minusSeconds(90000), "kafka/test", Set.of("in", "out"), "default.p1"));

        assertThat(scene.plan().refusals()).isEmpty();
    }

    private static Arguments refusal(String reason, Consumer<Scene> given, String message) {
        return arguments(reason, given, message);
    }

    private static Consumer<Scene> edit(String from, String to) {
        return scene -> scene.edit(from, to);
    }
}
