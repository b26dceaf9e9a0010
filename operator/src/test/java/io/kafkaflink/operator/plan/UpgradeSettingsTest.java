package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoResult.Outcome;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.desired.Slot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what people set and ask for in an upgrade")
class UpgradeSettingsTest {
    private static final String CHANGED = Scene.SPEC + "eventTime: {maxOutOfOrderness: 9s}\n";

    @Test
    void withManualApprovalAnArmedJobWaitsForItsPlan() {
        Stage stage = begun("upgrade: {approval: Manual}");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit);
        Plan plan = stage.settle();

        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.AWAITING_APPROVAL);
        assertThat(stage.scene.memory.plan().id())
                .isEqualTo(stage.scene.memory.upgrade().id());
        assertThat(stage.scene.memory.plan().steps())
                .containsExactly("1 Arm", "2 Stop", "3 Go", "4 Verify", "5 Settle");
        stage.scene.spec = Scene.spec(CHANGED + "upgrade: {approval: Manual, approvedPlan: other}");
        stage.settle();
        assertThat(stage.writes).doesNotContain("Suspend A");

        stage.scene.spec = Scene.spec(CHANGED + "upgrade: {approval: Manual, approvedPlan: \""
                + stage.scene.memory.plan().id() + "\"}");
        stage.later(Duration.ofHours(23)).settle();
        assertThat(stage.writes).endsWith("Suspend A");
    }

    @Test
    void anApprovalThatNeverComesEndsTheChange() {
        Stage stage = begun("upgrade: {approval: Manual}");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).later(Duration.ofHours(25)).settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.scene.memory.rejected().reason()).isEqualTo(Reasons.APPROVAL_EXPIRED);
        assertThat(stage.scene.memory.plan()).isNull();
    }

    @Test
    void requestedNewUidsAreGivenOnce() {
        Scene scene = new Scene().running();
        scene.annotations.put("kafkaflink.io/request", "new-uids/monday");
        Stage stage = new Stage(scene);
        stage.settle();

        assertThat(scene.memory.upgrade().kind()).isEqualTo("UidChange");
        assertThat(stage.order(Slot.B).expectedDropped())
                .containsExactly("Sink Committer: sink-main-1", "sink-main-1", "source-1");
        finish(stage);

        assertThat(scene.memory.deployed().uids().source()).isEqualTo("source-2");
        assertThat(scene.memory.lastHandledRequest()).isEqualTo("new-uids/monday");
        assertThat(stage.pass().actions()).isEmpty();
        assertThat(scene.memory.upgrade()).isNull();
    }

    @Test
    void aRequestThatStoodThereAtFirstSightIsNotCarriedOut() {
        Scene scene = new Scene().running();
        scene.memory = io.kafkaflink.operator.api.v1alpha1.PipelineStatus.EMPTY;
        scene.annotations.put("kafkaflink.io/request", "new-uids/old");
        Stage stage = new Stage(scene);
        stage.settle();

        assertThat(stage.writes).isEmpty();
        assertThat(scene.memory.lastHandledRequest()).isEqualTo("new-uids/old");
    }

    @Test
    void aRequestedRetryTriesARejectedSpecOnceMore() {
        Stage stage = begun("");
        stage.up(Slot.B)
                .armed(Slot.B, Verdict.Unfit, Reason.of("TopicDenied", "no"))
                .settle();
        stage.gone(Slot.B).settle();
        assertThat(stage.scene.memory.rejected()).isNotNull();

        stage.scene.annotations.put("kafkaflink.io/request", "retry/1");
        stage.settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Arm");
        assertThat(stage.scene.memory.lastHandledRequest()).isEqualTo("retry/1");

        stage.up(Slot.B)
                .armed(Slot.B, Verdict.Unfit, Reason.of("TopicDenied", "no"))
                .settle();
        stage.gone(Slot.B).settle();
        assertThat(stage.pass().actions()).isEmpty();
        assertThat(stage.scene.memory.rejected()).isNotNull();
    }

    @Test
    void goingBackOnRequestNeedsTheVeryUpgradeAcknowledgedAndStays() {
        Stage stage = begun("");
        String from = stage.scene.memory.upgrade().from();
        String id = stage.scene.memory.upgrade().id();
        finish(stage);
        stage.scene.annotations.put("kafkaflink.io/request", "rollback/1");
        Plan refused = stage.pass();
        assertThat(refused.actions()).isEmpty();
        assertThat(refused.refusals()).singleElement().satisfies(refusal -> assertThat(refusal.message())
                .contains("{risk: RepeatedOutput, value: \"" + id + "\"}"));

        stage.scene.spec =
                Scene.spec(CHANGED + "upgrade: {acknowledge: [{risk: RepeatedOutput, value: \"" + id + "\"}]}");
        stage.settle();
        assertThat(stage.scene.memory.upgrade().kind()).isEqualTo("Rollback");
        stage.up(Slot.A).armed(Slot.A, Verdict.Fit).settle();
        stage.stopped(Slot.B).settle();
        assertThat(stage.go(Slot.A).orElseThrow().savepoint())
                .isEqualTo("s3://b/savepoint-16954e-0")
                .isNotEqualTo(stage.job(Slot.B).upgradeSavepointPath());
        stage.result(Slot.A, Outcome.Started)
                .verified(Slot.A, 9, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.B).running(Slot.A, true).settle();

        assertThat(stage.scene.memory.deployed().revision()).isEqualTo(from);
        assertThat(stage.scene.memory.rejected().reason()).isEqualTo(Reasons.ROLLBACK_REQUESTED);
        assertThat(stage.pass().actions()).isEmpty();
    }

    @Test
    void aManualRollbackWaitsForItsRequest() {
        Stage stage = begun("upgrade: {rollback: {mode: Manual}}");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        stage.stopped(Slot.A).settle();
        stage.result(Slot.B, Outcome.Started).settle();
        stage.state(Slot.B, "FAILED").settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Verify");

        stage.scene.annotations.put("kafkaflink.io/request", "rollback/1");
        stage.settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Rollback");
        assertThat(stage.scene.memory.lastHandledRequest()).isEqualTo("rollback/1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: more, jdbc: {url: "jdbc:postgresql://db/shop", table: t, keyFields: [user]}}                    | yes
            {name: more, discard: {}}                                                                              | yes
            {name: more, print: {}}                                                                                | no
            {name: more, kafka: {topic: {name: more, partitions: 4}, format: {json: {}}, delivery: {guarantee: AtLeastOnce}}} | no
            """)
    @DisplayName("going back before the first checkpoint needs no consent where what was written is not repeated")
    void sinksThatGoBackByThemselves(String sink, String itself) {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC.replace("flink: {", "- " + sink + "\nflink: {"));

        assertThat(scene.situation().rollsBackByItself()).isEqualTo(itself.equals("yes"));
    }

    @Test
    void withAutoPolicyUnfitStateOfSourceOrSinksLeadsToNewUids() {
        Stage stage = begun("");
        String kept = stage.scene.memory.upgrade().to();
        stage.up(Slot.B).armed(Slot.B, Verdict.Dropping, List.of("sink-main-1")).settle();
        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Abort");
        stage.gone(Slot.B).settle();

        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("NewUidsNeeded");
        assertThat(stage.scene.memory.upgrade().to()).isNotEqualTo(kept);
        assertThat(stage.order(Slot.B).expectedDropped()).contains("source-1", "sink-main-1");
        finish(stage);
        assertThat(stage.scene.memory.deployed().uids().source()).isEqualTo("source-2");
    }

    @Test
    void stateOfAStepIsNotLeftBehindForThat() {
        Stage stage = begun("");
        stage.up(Slot.B)
                .armed(Slot.B, Verdict.Dropping, List.of("sink-main-1", "step-count"))
                .settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.scene.memory.rejected().reason()).isEqualTo(Reasons.STATE_WOULD_BE_DROPPED);
    }

    @Test
    void aRemovedStepNeedsConsentAndIsThenLeftBehind() {
        Scene scene = new Scene().running();
        String removed =
                Scene.SPEC.replace("- {id: count, keyedCount: {keyBy: user}}", "- {id: spread, rebalance: {}}");
        scene.spec = Scene.spec(removed);
        Stage stage = new Stage(scene);
        assertThat(stage.pass().refusals())
                .extracting(refusal -> Refusal.snippet(refusal.consent().orElseThrow()))
                .containsExactly("{risk: DroppedState, value: \"step-count\"}");

        scene.spec = Scene.spec(removed + "upgrade: {acknowledge: [{risk: DroppedState, value: \"step-count\"}]}");
        stage.settle();
        assertThat(stage.order(Slot.B).expectedDropped()).containsExactly("step-count");
    }

    @Test
    void suspendingBeforeTheStopDisarmsFirst() {
        Stage stage = begun("");
        stage.scene.spec = Scene.spec("suspend: true\n" + CHANGED);
        stage.settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.writes).endsWith("Delete B", "Forget B", "StoreRevision", "Suspend A", "DeleteRevision");
        assertThat(stage.scene.memory.upgrade().kind()).isEqualTo("Suspend");
        assertThat(stage.scene.memory.rejected()).isNull();
    }

    @Test
    void suspendingAfterTheStopFinishesFirst() {
        Stage stage = begun("");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        stage.scene.spec = Scene.spec("suspend: true\n" + CHANGED);
        stage.stopped(Slot.A).settle();
        stage.result(Slot.B, Outcome.Started)
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.A).running(Slot.B, true).settle();

        assertThat(stage.writes).endsWith("Delete A", "StoreRevision", "Suspend B");
    }

    @Test
    void aRefusedResumeSaysWhatToAcceptAndIsThenMadeAgainFromTheSameSavepoint() {
        Stage stage = new Stage(new Scene().suspended());
        stage.settle();
        stage.stopped(Slot.A, "s3://bucket/sp/savepoint-16954e-1").up(Slot.A).state(Slot.A, "FAILED");
        Reason expired = new Reason(
                "RecordsExpired", "records are gone", new Acknowledgement("RecordsExpired", "in 1 abcdef01"));
        stage.heard(Slot.A).result(Slot.A, Outcome.Refused, expired);

        assertThat(stage.pass().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reasons.START_REFUSED);
            assertThat(refusal.consent().map(Refusal::snippet))
                    .contains("{risk: RecordsExpired, value: \"in 1 abcdef01\"}");
        });

        stage.scene.spec =
                Scene.spec(Scene.SPEC + "upgrade: {acknowledge: [{risk: RecordsExpired, value: \"in 1 abcdef01\"}]}");
        stage.settle();
        stage.gone(Slot.A).settle();
        assertThat(stage.writes).endsWith("Order A", "Create A");
        assertThat(stage.order(Slot.A).acknowledged()).hasSize(1);
    }

    private static Stage begun(String upgrade) {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(CHANGED + upgrade);
        Stage stage = new Stage(scene);
        stage.settle();
        assertThat(scene.memory.upgrade().step()).isEqualTo("Arm");
        return stage;
    }

    private static void finish(Stage stage) {
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        stage.stopped(Slot.A).settle();
        stage.result(Slot.B, Outcome.Started)
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.A).running(Slot.B, true).settle();
        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("Succeeded");
    }
}
