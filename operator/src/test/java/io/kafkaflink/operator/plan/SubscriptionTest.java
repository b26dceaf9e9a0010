package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.plan.Action.ApplyFlinkDeployment;
import io.kafkaflink.operator.plan.Action.ApplyTopic;
import io.kafkaflink.operator.status.StatusReport;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pipelines that read what a pattern finds, or listed partitions. */
class SubscriptionTest {
    private static final String TOPICS = "topics: [{name: in, partitions: 2}]";
    private static final PipelineSpec PATTERN = spec("topicPattern: in.*", ", parallelism: 3");
    private static final PipelineSpec SET =
            spec("partitions: [{topic: in, partition: 5}, {topic: in, partition: 0}, {topic: b, partition: 1}]", "");

    private static PipelineSpec spec(String subscription, String flink) {
        return Scene.spec(Scene.SPEC
                .replace(TOPICS, subscription)
                .replace("connectorVersion: 5.0.0", "connectorVersion: 5.0.0" + flink));
    }

    @Test
    @DisplayName("no KafkaTopic is made or awaited for what is read, and those of the sinks as ever")
    void topics() {
        Scene scene = new Scene();
        scene.spec = PATTERN;

        Plan making = scene.plan();
        assertThat(making.actions()).singleElement().satisfies(action -> assertThat(action)
                .isInstanceOfSatisfying(
                        ApplyTopic.class,
                        apply -> assertThat(apply.topic().topicName()).isEqualTo("out")));

        scene.topics.add(Scene.topic("out").partitions(4).build());
        assertThat(started(scene.plan())).hasValueSatisfying(revision -> {
            assertThat(revision.parallelism()).isEqualTo(3);
            assertThat(revision.jobConfiguration()).contains("topicPattern: \"in.*\"", "topics: []");
        });
    }

    @Test
    @DisplayName("the parallelism of listed partitions is their number")
    void set() {
        Scene scene = new Scene();
        scene.spec = SET;
        scene.topics.add(Scene.topic("out").partitions(4).build());

        assertThat(started(scene.plan())).hasValueSatisfying(revision -> {
            assertThat(revision.parallelism()).isEqualTo(3);
            assertThat(Target.readable(revision).orElseThrow().source().kafka().topics())
                    .containsExactly("b", "in");
            assertThat(Target.readable(revision).orElseThrow().source().kafka().partitionSet())
                    .hasToString("[b-1, in-0, in-5]");
        });
    }

    @Test
    @DisplayName("the conditions say that the job looks for the topics itself")
    void conditions() {
        assertThat(ready(PATTERN))
                .isEqualTo(
                        "True TopicsFoundByJob: the job looks itself for the topics that match 'in.*'; every other topic"
                                + " is as wanted");
        assertThat(ready(SET))
                .isEqualTo(
                        "True TopicsFoundByJob: the job looks itself for the partitions [b-1, in-0, in-5]; every other"
                                + " topic is as wanted");
        assertThat(ready(Scene.spec(Scene.SPEC))).isEqualTo("True TopicsReady: every topic is as wanted");
    }

    @Test
    @DisplayName(
            "a pattern in place of topics is a change of the subscription with a new uid, handed over by a new job")
    void change() {
        Scene scene = new Scene().running();
        scene.spec = spec("topicPattern: in.*", ", parallelism: 2");

        Plan plan = scene.plan();

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Subscription");
        assertThat(started(plan).orElseThrow().uids().source()).isEqualTo("source-2");
    }

    @Test
    @DisplayName("growth is no business of a pattern: DrainThenGrow asks for no set of partitions")
    void growth() {
        PipelineSpec draining = Scene.spec(Scene.SPEC
                        .replace(TOPICS, "topicPattern: in.*")
                        .replace("connectorVersion: 5.0.0", "connectorVersion: 5.0.0, parallelism: 3")
                + "upgrade: {growth: DrainThenGrow}");

        assertThat(PartitionSet.wanted(draining)).isFalse();
        assertThat(PartitionSet.wanted(SET)).isFalse();
    }

    @Test
    @DisplayName("a list with an end is fixed by it, as topics are")
    void ends() {
        PipelineSpec before = spec("stoppingOffsets: {mode: Latest}\n    partitions: [{topic: in, partition: 0}]", "");
        PipelineSpec after = spec("stoppingOffsets: {mode: Latest}\n    partitions: [{topic: in, partition: 1}]", "");
        Scene scene = new Scene();
        scene.spec = before;
        scene.running();
        Revision ran = scene.deployed();
        scene.spec = after;

        Plan plan = scene.plan();

        assertThat(plan.refusals()).extracting(Refusal::reason).contains(Reasons.END_FIXED);
        assertThat(plan.actions()).isEmpty();
        assertThat(ran.parallelism()).isPositive();
    }

    private static Optional<Revision> started(Plan plan) {
        return plan.actions().stream()
                .filter(ApplyFlinkDeployment.class::isInstance)
                .map(ApplyFlinkDeployment.class::cast)
                .map(ApplyFlinkDeployment::revision)
                .findFirst();
    }

    private static String ready(PipelineSpec spec) {
        Scene scene = new Scene().withTopics();
        scene.spec = spec;
        PipelineStatus status = StatusReport.of(scene.situation(), scene.plan());
        Condition condition = status.conditions().stream()
                .filter(each -> each.type().equals("TopicsReady"))
                .findFirst()
                .orElseThrow();
        return condition.status() + " " + condition.reason() + ": " + condition.message();
    }
}
