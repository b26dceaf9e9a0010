package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult.Outcome;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the steps of a handover")
class HandOverTest {
    private static final Duration LONG = Duration.ofMinutes(6);

    @Test
    void aChangeArmsStopsGoesVerifiesAndSettles() {
        Stage stage = Stage.changed();
        Revision before = stage.scene.deployed();

        stage.settle();
        assertThat(stage.writes).containsExactly("StoreRevision", "Order B", "Create B");
        assertThat(step(stage)).isEqualTo("Arm");
        assertThat(stage.job(Slot.B).desiredState()).isEqualTo("running");
        assertThat(stage.order(Slot.B).from().deployment()).isEqualTo("p1-a");
        assertThat(stage.order(Slot.B).from().checkpoints()).endsWith("/checkpoints/" + Scene.JOB_ID);
        assertThat(stage.scene.plan().job().kind()).isEqualTo(JobPhase.Kind.RUNNING);

        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        assertThat(step(stage)).isEqualTo("Stop");
        assertThat(stage.job(Slot.A).revision()).isEqualTo(before.name());

        stage.stopped(Slot.A).settle();
        assertThat(step(stage)).isEqualTo("Go");
        GoOrder go = stage.go(Slot.B).orElseThrow();
        assertThat(go.jobId()).isEqualTo(stage.job(Slot.B).jobId());
        assertThat(go.savepoint()).isEqualTo("s3://b/savepoint-16954e-0");
        assertThat(go.offsets()).isEqualTo(GoOrder.Offsets.Savepoint);
        assertThat(go.allowDropped()).isEmpty();

        stage.result(Slot.B, Outcome.Started).settle();
        assertThat(step(stage)).isEqualTo("Verify");

        stage.later(Duration.ofSeconds(3))
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        assertThat(step(stage)).isEqualTo("Settle");
        stage.gone(Slot.A).settle();
        stage.running(Slot.B, true).settle();

        assertThat(stage.writes)
                .containsExactly("StoreRevision", "Order B", "Create B", "Suspend A", "Go B", "Run B", "Delete A");
        assertThat(stage.scene.memory.upgrade()).isNull();
        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("Succeeded");
        assertThat(stage.scene.memory.lastUpgrade().savepoint()).isEqualTo("s3://b/savepoint-16954e-0");
        assertThat(stage.scene.memory.deployed().flinkDeployment()).isEqualTo("p1-b");
        assertThat(stage.scene.memory.deployed().jobId())
                .isEqualTo(stage.job(Slot.B).jobId());
        assertThat(stage.scene.plan().actions()).isEmpty();
        assertThat(stage.scene.plan().refusals()).isEmpty();
    }

    @Test
    void theFirstStartIsArmedTooAndHasNothingToStop() {
        Stage stage = new Stage(new Scene().withTopics());

        stage.settle();
        assertThat(stage.order(Slot.A).from()).isNull();
        stage.up(Slot.A).armed(Slot.A, Verdict.Fit).settle();
        assertThat(stage.go(Slot.A).orElseThrow().offsets()).isEqualTo(GoOrder.Offsets.StartingOffsets);
        assertThat(stage.go(Slot.A).orElseThrow().savepoint()).isNull();
        stage.result(Slot.A, Outcome.Started)
                .verified(Slot.A, 1, Verification.Outcome.Verified)
                .settle();
        stage.running(Slot.A, true).settle();

        assertThat(stage.writes).containsExactly("StoreRevision", "Order A", "Create A", "Go A", "Run A");
        assertThat(stage.scene.memory.upgrade()).isNull();
        assertThat(stage.scene.memory.lastUpgrade().kind()).isEqualTo("FirstStart");
        assertThat(stage.scene.memory.deployed().jobId()).isNotNull();
    }

    @Test
    void anUnfitNewJobGoesAndTheOldOneDidNotNotice() {
        Stage stage = armed(Verdict.Unfit, Reason.of("TopicMissing", "topic out does not exist. Create it"));

        stage.settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.writes)
                .containsExactly("StoreRevision", "Order B", "Create B", "Delete B", "Forget B")
                .doesNotContain("Suspend A");
        assertRejected(stage, "NewJobUnfit");
        assertThat(stage.scene.plan().job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
    }

    @Test
    void aNewJobThatDoesNotArmInTimeGoes() {
        Stage stage = Stage.changed();
        stage.settle();
        stage.up(Slot.B).later(LONG).settle();
        stage.gone(Slot.B).settle();

        assertRejected(stage, "ArmOverdue");
    }

    @Test
    void whatWasRejectedIsTriedAgainWhenTheRetryNonceDiffers() {
        Stage stage = armed(Verdict.Unfit, Reason.of("BrokersUnreachable", "no broker answers"));
        stage.settle();
        stage.gone(Slot.B).settle();
        assertThat(stage.pass().actions()).isEmpty();

        stage.scene.spec = Scene.spec(Scene.SPEC + "eventTime: {maxOutOfOrderness: 9s}\nupgrade: {retryNonce: 1}");
        stage.pass();

        assertThat(stage.scene.memory.upgrade().step()).isEqualTo("Arm");
        assertThat(stage.scene.memory.rejected()).isNull();
    }

    @Test
    void aSavepointThatNeverComesIsGivenUpAndTheOldJobIsAskedToRun() {
        Stage stage = armed(Verdict.Fit);
        stage.settle();
        assertThat(stage.writes).contains("Suspend A");
        stage.later(LONG).settle();
        stage.running(Slot.A, true).gone(Slot.B).settle();

        assertThat(stage.writes).endsWith("Suspend A", "Run A", "Delete B", "Forget B");
        assertRejected(stage, "SavepointFailing");
    }

    @Test
    void aRefusedStartResumesTheOldJob() {
        Stage stage = gone();
        stage.result(Slot.B, Outcome.Refused, Reason.of("RecordsExpired", "records are gone"))
                .settle();
        stage.gone(Slot.B);
        stage.scene.podsLeft.put(Slot.B, 1);
        stage.settle();
        assertThat(stage.writes).endsWith("Go B", "Delete B");

        stage.scene.podsLeft.clear();
        stage.settle();
        assertThat(stage.writes).endsWith("Look A", "Run A");
        assertThat(stage.order(Slot.A).abandoned().jobId())
                .isEqualTo(stage.scene.memory.upgrade().jobId());
        stage.running(Slot.A, false).settle();

        assertRejected(stage, "StartRefused");
        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("RolledBack");
        assertThat(stage.scene.plan().job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
    }

    @Test
    void aCrashLoopAfterTheGoIsRolledBackAtTheLimit() {
        Stage stage = gone();
        stage.result(Slot.B, Outcome.Started).state(Slot.B, "RESTARTING").settle();
        assertThat(step(stage)).isEqualTo("Verify");
        stage.later(LONG).settle();
        assertThat(step(stage)).isEqualTo("Rollback");
        assertThat(stage.writes).endsWith("Delete B");
    }

    @Test
    void aCompletedCheckpointClosesTheWayBack() {
        Stage stage = gone();
        stage.result(Slot.B, Outcome.Started).settle();
        stage.verified(Slot.B, 9, Verification.Outcome.Failed, Reason.of("OffsetBehindSavepoint", "read twice"))
                .later(LONG);

        Plan plan = stage.settle();

        assertThat(step(stage)).isEqualTo("Verify");
        assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reasons.NOT_VERIFIED);
            assertThat(refusal.consent()).isPresent();
        });
    }

    @Test
    void whatTheNewJobDidBeforeItWasDeletedIsGoneOnFrom() {
        Stage stage = resumingRefused();

        assertThat(step(stage)).isEqualTo("Arm");
        assertThat(stage.writes).endsWith("Order B", "Create B");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        assertThat(stage.go(Slot.B).orElseThrow().savepoint()).isEqualTo("s3://b/chk-9");
    }

    @Test
    void aStartFromTheOnlyStateThatIsNewEnoughIsNotTakenBack() {
        Stage stage = resumingRefused();
        assertThat(stage.order(Slot.B).newestState()).isEqualTo("s3://b/chk-9");

        stage.scene.spec = Scene.spec(Scene.SPEC + "suspend: true");
        stage.up(Slot.B)
                .armed(Slot.B, Verdict.Unfit, Reason.of("BrokerUnreachable", "no answer"))
                .settle();

        assertThat(step(stage)).isEqualTo("Arm");
        assertThat(stage.writes).endsWith("Order B", "Create B");
        assertThat(stage.scene.plan().refusals()).singleElement().satisfies(refusal -> assertThat(refusal.message())
                .contains("Only it can go on from s3://b/chk-9", "delete FlinkDeployment default/p1-b"));

        stage.scene.jobs.remove(Slot.B);
        stage.settle();
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        assertThat(stage.go(Slot.B).orElseThrow().savepoint()).isEqualTo("s3://b/chk-9");
    }

    @Test
    void anEditBeforeTheStopDisarmsAndStartsOver() {
        Stage stage = armed(Verdict.Unknown);
        stage.scene.spec = Scene.spec(Scene.SPEC + "eventTime: {maxOutOfOrderness: 7s}");
        stage.settle();
        assertThat(step(stage)).isEqualTo("Abort");
        stage.gone(Slot.B).settle();

        assertThat(step(stage)).isEqualTo("Arm");
        assertThat(stage.scene.memory.lastUpgrade().result()).isEqualTo("Superseded");
        assertThat(stage.scene.memory.rejected()).isNull();
        assertThat(stage.writes).doesNotContain("Suspend A").endsWith("Order B", "Create B", "DeleteRevision");
    }

    @Test
    void goingBackInTheSpecBeforeTheStopEndsIt() {
        Stage stage = Stage.changed();
        stage.settle();
        stage.scene.spec = Scene.spec(Scene.SPEC);
        stage.settle();
        stage.gone(Slot.B).settle();

        assertThat(stage.scene.memory.upgrade()).isNull();
        assertThat(stage.writes).endsWith("Delete B", "Forget B", "DeleteRevision");
        assertThat(stage.scene.plan().refusals()).isEmpty();
    }

    @Test
    void anEditAfterTheStopWaitsUntilTheFrozenRevisionIsReached() {
        Stage stage = gone();
        String to = stage.scene.memory.upgrade().to();
        stage.scene.spec = Scene.spec(Scene.SPEC + "eventTime: {maxOutOfOrderness: 7s}");
        stage.settle();

        assertThat(stage.scene.memory.upgrade().to()).isEqualTo(to);
        finish(stage);
        stage.settle();
        assertThat(stage.scene.memory.upgrade().from()).isEqualTo(to);
        assertThat(stage.scene.memory.upgrade().fromDeployment()).isEqualTo("p1-b");
        assertThat(stage.scene.memory.upgrade().toDeployment()).isEqualTo("p1-a");
    }

    @Test
    void theStatusMayGetLostAtEveryStep() {
        Stage stage = Stage.changed();
        stage.settle();
        String id = stage.scene.memory.upgrade().id();
        stage.forget().settle();
        assertSame(stage, id, "Arm");
        stage.up(Slot.B).armed(Slot.B, Verdict.Fit).settle();
        stage.forget().settle();
        assertSame(stage, id, "Stop");
        stage.stopped(Slot.A).settle();
        stage.forget().settle();
        assertSame(stage, id, "Go");
        stage.result(Slot.B, Outcome.Started).settle();
        stage.forget().settle();
        assertSame(stage, id, "Verify");
        stage.verified(Slot.B, 8, Verification.Outcome.Verified).pass();
        stage.forget().settle();
        assertSame(stage, id, "Settle");
        stage.gone(Slot.A).settle();
        stage.running(Slot.B, true).settle();

        assertThat(stage.writes).filteredOn(write -> write.startsWith("Go")).hasSize(1);
        assertThat(stage.writes)
                .filteredOn(write -> write.startsWith("Suspend"))
                .hasSize(1);
        assertThat(stage.writes).filteredOn(write -> write.startsWith("Create")).hasSize(1);
    }

    /** A stage whose new job was told to go. */
    private static Stage gone() {
        Stage stage = armed(Verdict.Fit);
        stage.settle();
        stage.stopped(Slot.A).settle();
        assertThat(step(stage)).isEqualTo("Go");
        return stage;
    }

    /** The old job does not resume: the new one had written a checkpoint before it was deleted. */
    private static Stage resumingRefused() {
        Stage stage = gone();
        stage.result(Slot.B, Outcome.Started).settle();
        stage.later(LONG).settle();
        stage.gone(Slot.B).settle();
        stage.state(Slot.A, "FAILED").result(Slot.A, Outcome.Refused, "s3://b/chk-9", Reason.of("RepeatedOutput", "x"));
        stage.settle();
        return stage;
    }

    private static Stage armed(Verdict verdict, Reason... reasons) {
        Stage stage = Stage.changed();
        stage.settle();
        return stage.up(Slot.B).armed(Slot.B, verdict, reasons);
    }

    private static void finish(Stage stage) {
        stage.result(Slot.B, Outcome.Started)
                .verified(Slot.B, 8, Verification.Outcome.Verified)
                .settle();
        stage.gone(Slot.A).running(Slot.B, true).settle();
    }

    private static String step(Stage stage) {
        UpgradeStatus upgrade = stage.scene.memory.upgrade();
        return upgrade == null ? null : upgrade.step();
    }

    private static void assertSame(Stage stage, String id, String step) {
        assertThat(stage.scene.memory.upgrade()).isNotNull().satisfies(upgrade -> {
            assertThat(upgrade.id()).isEqualTo(id);
            assertThat(upgrade.step()).isEqualTo(step);
        });
    }

    private static void assertRejected(Stage stage, String reason) {
        assertThat(stage.scene.memory.upgrade()).isNull();
        assertThat(stage.scene.memory.rejected().reason()).isEqualTo(reason);
        Plan plan = stage.scene.plan();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.ROLLED_BACK);
    }
}
