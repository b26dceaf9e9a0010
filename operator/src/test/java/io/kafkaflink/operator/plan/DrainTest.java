package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoResult.Outcome;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Refusal.Cure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("growth: DrainThenGrow")
class DrainTest {
    private static final String DRAINING =
            "upgrade: {growth: DrainThenGrow, producerSettle: 2m, stepTimeouts: {drain: 3m}}";
    private static final Duration SETTLE = Duration.ofMinutes(2);

    /** Deployed with an explicit set of partitions; {@code in} is to have others. */
    private static Scene scene(int partitions) {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC + DRAINING);
        scene.running();
        scene.spec = Scene.spec(grown(partitions) + DRAINING);
        return scene;
    }

    private static String grown(int partitions) {
        return Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: " + partitions);
    }

    /** The topic has grown and the new job is armed. */
    private static Stage armed() {
        Scene scene = scene(4);
        scene.topics.set(0, Scene.topic("in").partitions(4).build());
        Stage stage = new Stage(scene);
        stage.settle();
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        return stage;
    }

    @Test
    @DisplayName(
            "the topic grows, the new job is armed, producers settle, the old job reads on, and only then it stops")
    void drains() {
        Stage stage = armed();
        Revision to = stage.scene.revisions.get(stage.job(Slot.B).revision());
        assertThat(PartitionSet.of(to)).isEqualTo(Map.of("in", 4));
        assertThat(to.uids().source()).isEqualTo("source-2");
        assertThat(stage.scene.memory.upgrade().kind()).isEqualTo("Growth");
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Drain");
        assertThat(stage.scene.memory.upgrade().message())
                .startsWith("the new job is armed; producers get until 2026-11-24T12:02:");
        assertThat(stage.scene.memory.plan().steps())
                .containsExactly("1 Arm", "1b Drain", "2 Stop", "3 Go", "4 Verify", "5 Settle");
        assertThat(stage.order(Slot.B).drains()).isFalse();

        stage.later(SETTLE.plusSeconds(5)).settle();
        assertThat(stage.order(Slot.B).drains()).isTrue();
        assertThat(stage.scene.memory.upgrade().message()).contains("p1-a reads on");
        assertThat(stage.writes)
                .containsExactly("StoreRevision", "Order B", "Create B", "Order B")
                .doesNotContain("Suspend A");

        stage.armed(Slot.B, Verdict.Fit).drained(Slot.B).settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Stop");
        stage.stopped(Slot.A).settle();
        stage.result(Slot.B, Outcome.Started)
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.A).running(Slot.B, true).settle();
        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("Succeeded");
    }

    @Test
    @DisplayName("a report from before this upgrade, or of another job, proves nothing")
    void foreignReport() {
        Stage stage = armed();
        stage.later(SETTLE.plusSeconds(5)).settle();

        stage.drained(Slot.B, "20261124-000000", stage.job(Slot.B).jobId()).settle();
        stage.drained(Slot.B, stage.scene.memory.upgrade().id(), Scene.JOB_ID).settle();

        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Drain");
    }

    @Test
    @DisplayName("an old job that does not read on in time goes on, and the topic stays grown")
    void overdue() {
        Stage stage = armed();
        stage.later(SETTLE.plusSeconds(5)).settle();
        stage.later(Duration.ofMinutes(3)).settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.writes).doesNotContain("Suspend A");
        assertThat(stage.scene.memory.rejected().reason()).isEqualTo(Reasons.DRAIN_OVERDUE);
        assertThat(stage.scene.plan().actions()).isEmpty();
        assertThat(stage.scene.plan().job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
    }

    @Test
    @DisplayName("a lost status starts the wait for the producers over, and the growth still ends")
    void forgotten() {
        Stage stage = armed();
        stage.later(SETTLE.plusSeconds(5)).settle();
        stage.forget().settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Drain");
        assertThat(stage.order(Slot.B).drains()).isFalse();

        stage.later(SETTLE.plusSeconds(5)).settle();
        assertThat(stage.order(Slot.B).drains()).isTrue();
        stage.drained(Slot.B).settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Stop");
    }

    @Test
    @DisplayName("a job that reads whatever there is gets an explicit set first, and the topic waits for that")
    void held() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(grown(4) + DRAINING);

        TopicDecision decision = TopicPlanner.plan(scene.situation(), Slot.A);
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reasons.GROWTH_HELD);
            assertThat(refusal.cure()).isEqualTo(Cure.TIME);
        });

        Stage stage = new Stage(scene);
        stage.settle();
        Revision to = stage.scene.revisions.get(stage.job(Slot.B).revision());
        assertThat(PartitionSet.of(to)).isEqualTo(Map.of("in", 2));
        assertThat(to.uids().source()).isEqualTo("source-1");
        assertThat(stage.scene.memory.upgrade().kind()).isEqualTo("Configuration");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        stage.stopped(Slot.A).settle();
        stage.result(Slot.B, Outcome.Started)
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.A).running(Slot.B, true).pass();

        assertThat(stage.writes).endsWith("Delete A", "ApplyTopic");
        assertThat(scene.plan().refusals()).extracting(Refusal::reason).containsExactly(Reasons.TOPIC_CHANGING);
    }

    @Test
    @DisplayName("a job that was suspended before it had read on resumes with the old partitions first")
    void resumes() {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC + DRAINING);
        scene.suspended();
        Revision before = scene.deployed();
        scene.spec = Scene.spec(grown(4) + DRAINING);
        scene.topics.set(0, Scene.topic("in").partitions(4).build());

        Stage stage = new Stage(scene);
        stage.pass();

        assertThat(stage.writes).containsExactly("StoreRevision", "Run A");
        assertThat(stage.job(Slot.A).revision()).isEqualTo(before.name());
    }

    @Test
    @DisplayName("a suspended pipeline's topic does not grow")
    void suspended() {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC + DRAINING);
        scene.suspended();
        scene.spec = Scene.spec(grown(4) + DRAINING + "\nsuspend: true");

        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Reasons.GROWTH_HELD);
    }

    @Test
    void onlyToAMultiple() {
        assertThat(TopicPlanner.plan(scene(3).situation(), Slot.A).refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reasons.GROWTH_NOT_MULTIPLE);
                    assertThat(refusal.message()).contains("found 3, expected a multiple of 2", "Set it to 4");
                });
        assertThat(TopicPlanner.plan(scene(6).situation(), Slot.A).actions()).hasSize(1);
    }

    @Test
    @DisplayName("a compacted topic keeps old values in old partitions, which needs consent")
    void compacted() {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC + DRAINING);
        scene.running();
        String spec = Scene.SPEC.replace(
                "name: in, partitions: 2", "name: in, partitions: 4, config: {cleanup.policy: \"compact,delete\"}");
        scene.spec = Scene.spec(spec + DRAINING);
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).refusals())
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reasons.GROWTH_NOT_ACKNOWLEDGED);
                    assertThat(refusal.message()).contains("compacted", "{risk: Reordering, value: \"in 2->4\"}");
                });

        scene.spec = Scene.spec(
                spec + "upgrade: {growth: DrainThenGrow, acknowledge: [{risk: Reordering, value: \"in 2->4\"}]}");
        assertThat(TopicPlanner.plan(scene.situation(), Slot.A).actions()).hasSize(1);
        assertThat(List.copyOf(scene.plan().actions())).hasSize(1);
    }
}
