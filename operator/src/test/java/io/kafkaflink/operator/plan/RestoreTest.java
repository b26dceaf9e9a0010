package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult.Outcome;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a first start from the state of another job")
class RestoreTest {
    private static final String SAVEPOINT = "s3://old/savepoint-a1b2c3-d4e5f6071829";
    private static final String OTHER = "s3://old/savepoint-b1b2c3-d4e5f6071829";

    @Test
    void theSourceStartsWhereThatJobsSavepointEnds() {
        Stage stage = restoring("kafka-source", "main: kafka-sink");

        stage.settle();

        ArmOrder order = stage.order(Slot.A);
        assertThat(order.from().deployment()).isNull();
        assertThat(order.from().sourceUid()).isEqualTo("kafka-source");
        assertThat(order.from().checkpoints()).isNull();
        assertThat(order.newestState()).isEqualTo(SAVEPOINT);
        assertThat(order.expectedDropped())
                .containsExactlyInAnyOrder("kafka-source", "kafka-sink", "Sink Committer: kafka-sink");
        GoOrder go = went(stage);
        assertThat(go.savepoint()).isEqualTo(SAVEPOINT);
        assertThat(go.offsets()).isEqualTo(GoOrder.Offsets.Savepoint);
        assertThat(go.allowDropped()).isEqualTo(order.expectedDropped());
        assertThat(stage.scene.memory.lastUpgrade().kind()).isEqualTo("FirstStart");
        assertThat(stage.scene.memory.lastUpgrade().savepoint()).isEqualTo(SAVEPOINT);
    }

    @Test
    void uidsThatAreTheSameKeepTheirState() {
        Stage stage = restoring("source-1", "main: sink-main-1");

        stage.settle();

        assertThat(stage.order(Slot.A).expectedDropped()).isEmpty();
    }

    @Test
    void onceItRunsTheFieldMeansNothing() {
        Stage stage = restoring("source-3", "main: sink-main-2");
        stage.settle();
        went(stage);
        String revision = stage.scene.memory.deployed().revision();

        stage.scene.spec = Scene.spec(Scene.SPEC);
        stage.settle();

        assertThat(stage.scene.plan().actions()).isEmpty();
        assertThat(stage.scene.memory.upgrade()).isNull();
        assertThat(stage.scene.memory.deployed().revision()).isEqualTo(revision);
    }

    @Test
    void anotherSavepointStartsOver() {
        Stage stage = restoring("source-3", "main: sink-main-2");
        stage.settle();
        stage.up(Slot.A)
                .armed(Slot.A, Verdict.Unfit, Reason.of("StateUnreadable", "no such file"))
                .settle();

        stage.scene.spec = Scene.spec(spec(OTHER, "source-3", "main: sink-main-2"));
        stage.settle();
        stage.gone(Slot.A).settle();

        assertThat(stage.order(Slot.A).newestState()).isEqualTo(OTHER);
        assertThat(went(stage).savepoint()).isEqualTo(OTHER);
    }

    @Test
    void aJobThatRanAndFailedBeforeItsFirstCheckpointStartsFromThereAgain() {
        Stage stage = restoring("source-3", "main: sink-main-2");
        stage.settle();
        stage.up(Slot.A).armed(Slot.A, Verdict.Fit).settle();
        stage.result(Slot.A, Outcome.Started).settle();
        stage.running(Slot.A, true).settle();
        assertThat(stage.scene.memory.deployed().jobId()).isNotNull();
        stage.state(Slot.A, "FAILED").settle();

        stage.scene.spec =
                Scene.spec(spec(SAVEPOINT, "source-3", "main: sink-main-2") + "eventTime: {maxOutOfOrderness: 9s}");
        stage.settle();
        stage.gone(Slot.A).settle();

        assertThat(stage.order(Slot.A).newestState()).isEqualTo(SAVEPOINT);
        assertThat(went(stage).savepoint()).isEqualTo(SAVEPOINT);
    }

    @Test
    void aStartWithoutStateThatTurnsOutToNeedSomeStartsOverWithIt() {
        Stage stage = new Stage(new Scene().withTopics());
        stage.settle();
        stage.up(Slot.A)
                .armed(Slot.A, Verdict.Unfit, Reason.of("StateFound", "Consumer group default.p1: found offsets"))
                .settle();
        assertThat(stage.scene.plan().refusals()).singleElement().satisfies(refusal -> assertThat(refusal.message())
                .contains("StateFound"));

        stage.scene.spec = Scene.spec(spec(SAVEPOINT, "source-3", "main: sink-main-2"));
        stage.settle();
        stage.gone(Slot.A).settle();

        assertThat(went(stage).savepoint()).isEqualTo(SAVEPOINT);
    }

    @Test
    void whatAFormerPipelineOfThisNameLeftIsNotForgotten() {
        Scene scene = new Scene().withTopics();
        scene.savepoints.add(new StopSavepoint("p1-b", SAVEPOINT, Scene.NOW.minus(Duration.ofDays(9))));
        Stage stage = new Stage(scene);

        Plan plan = stage.settle();

        assertThat(stage.writes).isEmpty();
        assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reasons.STATE_FOUND);
            assertThat(refusal.consent().orElseThrow().value()).isEqualTo(SAVEPOINT);
        });
        scene.spec =
                Scene.spec(Scene.SPEC + "upgrade: {acknowledge: [{risk: FreshStart, value: \"" + SAVEPOINT + "\"}]}");
        stage.settle();
        assertThat(stage.writes).contains("Create A");
        assertThat(went(stage).savepoint()).isNull();
    }

    @Test
    void aPipelineThatHasRunIsNeverTakenBackToIt() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(spec(SAVEPOINT, "source-1", "main: sink-main-1"));
        scene.jobs.clear();

        Plan plan = new Stage(scene).settle();

        assertThat(plan.refusals()).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                .isEqualTo(Reasons.STATE_LOST));
    }

    private static Stage restoring(String sourceUid, String sinkUids) {
        Scene scene = new Scene().withTopics();
        scene.spec = Scene.spec(spec(SAVEPOINT, sourceUid, sinkUids));
        return new Stage(scene);
    }

    private static String spec(String savepoint, String sourceUid, String sinkUids) {
        return Scene.SPEC.replace(
                "state: {dir: \"s3://bucket/flink\"}",
                "state: {dir: \"s3://bucket/flink\", restoreFrom: {savepointPath: \"" + savepoint + "\", sourceUid: "
                        + sourceUid + ", sinkUids: {" + sinkUids + "}}}");
    }

    /** Plays the rest of a first start. */
    private static GoOrder went(Stage stage) {
        stage.up(Slot.A).armed(Slot.A, Verdict.Fit).settle();
        GoOrder go = stage.go(Slot.A).orElseThrow();
        stage.result(Slot.A, Outcome.Started)
                .verified(Slot.A, 1, Verification.Outcome.Verified)
                .settle();
        stage.running(Slot.A, true).settle();
        return go;
    }
}
