package io.kafkaflink.doubles.flink;

import static io.kafkaflink.doubles.flink.HandoverWorld.NEW;
import static io.kafkaflink.doubles.flink.HandoverWorld.OLD;
import static io.kafkaflink.doubles.flink.HandoverWorld.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.doubles.job.HandoverScript;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated jobs keep the job's side of a handover, and their records show what comes of a wrong one. */
class HandoverJobTest {

    @Test
    @DisplayName("armed: Job Not Found, TaskManagers up; go: result, first checkpoint verified, every record once")
    void takesOver() {
        HandoverWorld world = armed("2", "source-1", "sink-1");

        FlinkStatus waiting = world.status(NEW);
        assertThat(waiting.jobManager()).isEqualTo(JobManagerStatus.READY);
        assertThat(waiting.job().state()).contains(FlinkJobState.RECONCILING);
        assertThat(waiting.error()).contains(StatusError.JOB_NOT_FOUND);
        assertThat(world.simulation.store().pods(NEW)).hasSize(3).allMatch(ClusterPod::ready);
        assertThat(world.armed(NEW).orElseThrow().verdict()).isEqualTo(Verdict.Fit);
        assertThat(world.armed(NEW).orElseThrow().operators().dropped()).containsExactly("sink-1", "source-1");
        assertThat(world.armed(NEW).orElseThrow().operators().restored()).containsExactly("step");

        String savepoint = world.stop(OLD);
        world.go(NEW, jobId(world), savepoint, GoOrder.Offsets.Savepoint, "source-1", "sink-1");
        world.pass(30);

        GoResult result = world.result(NEW).orElseThrow();
        assertThat(result.outcome()).isEqualTo(GoResult.Outcome.Started);
        assertThat(result.offsets().deviations()).as("the group lags").hasSize(2);
        Verification verified = world.verified(NEW).orElseThrow();
        assertThat(verified.outcome()).isEqualTo(Verification.Outcome.Verified);
        assertThat(verified.checkpointId()).isEqualTo(result.checkpointId() + 1);
        assertThat(world.status(NEW).lifecycle()).isEqualTo(LifecycleState.STABLE);
        assertThat(world.status(NEW).job().upgradeSavepointPath()).isEmpty();
        world.assertExact();
    }

    @Test
    @DisplayName("the documented way, from the group's offsets, writes as much twice as the group lags")
    void groupOffsets() {
        HandoverWorld world = armed("2", "source-1", "sink-1");
        String savepoint = world.stop(OLD);
        world.go(NEW, jobId(world), savepoint, GoOrder.Offsets.Group, "source-1", "sink-1");
        world.pass(1);
        long behind = world.result(NEW).map(GoResult::offsets).stream()
                .flatMap(offsets -> offsets.deviations().stream())
                .mapToLong(each -> each.savepoint() - each.group())
                .sum();
        world.pass(30);
        assertThat(world.kafka.duplicated()).isEqualTo(behind).isPositive();
        assertThat(world.kafka.lost()).isZero();
    }

    @Test
    @DisplayName(
            "a start that the Flink operator gave a path does not look at orders, before and after a JobManager's end")
    void resumeIgnoresOrders() {
        HandoverWorld world = armed("1");
        String first = world.stop(OLD);
        world.go(NEW, jobId(world), first, GoOrder.Offsets.Savepoint);
        world.pass(30);
        world.simulation.store().delete(OLD);
        world.pass(10);

        world.stop(NEW);
        world.state(NEW, "running");
        world.pass(40);
        world.flink.killJobManager(NEW, OUTAGE);
        world.pass(40);

        assertThat(world.status(NEW).lifecycle()).isEqualTo(LifecycleState.STABLE);
        assertThat(world.result(NEW).orElseThrow().upgradeId()).isNull();
        world.assertExact();
    }

    @ParameterizedTest
    @CsvSource({"armed", "just after the go", "running", "verified"})
    @DisplayName("a killed JobManager comes back to where it was")
    void jobManagerKilled(String moment) {
        HandoverWorld world = armed("2", "source-1", "sink-1");
        String jobId = jobId(world);
        if (moment.equals("armed")) {
            killJobManager(world);
        }
        String savepoint = world.stop(OLD);
        world.go(NEW, jobId, savepoint, GoOrder.Offsets.Savepoint, "source-1", "sink-1");
        world.pass(moment.equals("just after the go") ? 0.6 : moment.equals("running") ? 4.5 : 30);
        assertThat(world.result(NEW)).isPresent();
        assertThat(world.verified(NEW).isPresent()).isEqualTo(moment.matches("armed|verified"));
        Optional<Verification> before = world.verified(NEW);
        if (!moment.equals("armed")) {
            killJobManager(world);
        }

        world.pass(30);
        assertThat(jobId(world)).isEqualTo(jobId);
        assertThat(world.verified(NEW).orElseThrow().outcome()).isEqualTo(Verification.Outcome.Verified);
        before.ifPresent(once -> assertThat(world.verified(NEW)).contains(once));
        world.assertExact();
    }

    @Test
    @DisplayName("a go for another job id is not obeyed")
    void otherJob() {
        HandoverWorld world = armed("2", "source-1", "sink-1");
        String savepoint = world.stop(OLD);
        world.go(NEW, "0".repeat(32), savepoint, GoOrder.Offsets.Savepoint, "source-1", "sink-1");
        world.pass(60);
        assertThat(world.result(NEW)).isEmpty();
        assertThat(world.status(NEW).job().state()).contains(FlinkJobState.RECONCILING);
    }

    @Test
    @DisplayName("state that nobody allowed to drop: the verdict says so, and a go is refused; the old job resumes")
    void dropping() {
        HandoverWorld world = armed("2");
        assertThat(world.armed(NEW).orElseThrow().verdict()).isEqualTo(Verdict.Dropping);
        String savepoint = world.stop(OLD);
        world.go(NEW, jobId(world), savepoint, GoOrder.Offsets.Savepoint);
        world.pass(60);
        assertThat(world.result(NEW).orElseThrow().outcome()).isEqualTo(GoResult.Outcome.Refused);
        assertThat(world.status(NEW).job().state()).contains(FlinkJobState.FAILED);

        world.simulation.store().delete(NEW);
        world.pass(20);
        assertThat(world.simulation.store().pods(NEW)).isEmpty();
        world.state(OLD, "running");
        world.pass(60);
        assertThat(world.status(OLD).lifecycle()).isEqualTo(LifecycleState.STABLE);
        world.assertExact();
    }

    @Test
    @DisplayName("scripted verdicts, refusals, mismatches, missing checkpoints and pods that do not come up")
    void scripted() {
        HandoverWorld unfit = HandoverWorld.running();
        unfit.flink.script(
                NEW, Behaviour.checks(HandoverScript.found(Verdict.Unfit, Reason.of("TopicMissing", "no topic"))));
        arm(unfit, "1");
        assertThat(unfit.armed(NEW).orElseThrow().verdict()).isEqualTo(Verdict.Unfit);

        HandoverWorld mismatch = HandoverWorld.running();
        mismatch.flink.script(
                NEW, Behaviour.checks(HandoverScript.failsVerification(Reason.of("OffsetBehindSavepoint", "behind"))));
        arm(mismatch, "1");
        mismatch.go(NEW, jobId(mismatch), mismatch.stop(OLD), GoOrder.Offsets.Savepoint);
        mismatch.pass(30);
        assertThat(mismatch.verified(NEW).orElseThrow().outcome()).isEqualTo(Verification.Outcome.Failed);

        HandoverWorld barren = HandoverWorld.running();
        barren.flink.script(NEW, Behaviour.withoutCheckpoints());
        arm(barren, "1");
        barren.go(NEW, jobId(barren), barren.stop(OLD), GoOrder.Offsets.Savepoint);
        barren.pass(300);
        assertThat(barren.verified(NEW)).isEmpty();
        barren.pass(400);
        assertThat(barren.verified(NEW).orElseThrow().reasons().get(0).code()).isEqualTo("NoCheckpoint");

        HandoverWorld quota = HandoverWorld.running();
        quota.flink.script(NEW, Behaviour.heldUp("FailedCreate", "pods \"p1-b\" is forbidden: exceeded quota"));
        arm(quota, "1");
        assertThat(quota.simulation.store().pods(NEW)).isEmpty();
        assertThat(quota.status(NEW).jobManager()).isEqualTo(JobManagerStatus.ERROR);
        assertThat(quota.status(NEW).error().orElseThrow()).contains("exceeded quota");
    }

    @ParameterizedTest
    @CsvSource({"false,Started", "true,Refused"})
    @DisplayName("a resumed job refuses when the job that was deleted for it has completed a checkpoint")
    void abandoned(boolean completed, GoResult.Outcome expected) {
        HandoverWorld world = armed("1");
        String jobId = jobId(world);
        String savepoint = world.stop(OLD);
        world.go(NEW, jobId, savepoint, GoOrder.Offsets.Savepoint);
        world.pass(completed ? 20 : 1);
        world.simulation.store().delete(NEW);
        world.pass(20);
        world.abandon(OLD, "1", jobId);
        world.state(OLD, "running");
        world.pass(60);

        GoResult result = world.result(OLD).orElseThrow();
        assertThat(result.outcome()).isEqualTo(expected);
        assertThat(result.newerState() == null).isEqualTo(!completed);
        assertThat(world.flink.state(OLD)).contains(completed ? FlinkJobState.FAILED : FlinkJobState.RUNNING);
        world.assertExact();
    }

    @Test
    @DisplayName("with the option a job waits for its order, without it it starts by itself")
    void ordersOnly() {
        HandoverWorld world = new HandoverWorld();
        world.create(NEW, "1", true);
        world.pass(60);
        assertThat(world.flink.state(NEW)).isEmpty();
        world.order(NEW, "1");
        world.pass(2);
        assertThat(world.armed(NEW).orElseThrow().verdict()).isEqualTo(Verdict.Fit);
        world.go(NEW, jobId(world), null, GoOrder.Offsets.StartingOffsets);
        world.pass(30);
        assertThat(world.flink.state(NEW)).contains(FlinkJobState.RUNNING);
        world.assertExact();
    }

    private static HandoverWorld armed(String generation, String... expectedDropped) {
        HandoverWorld world = HandoverWorld.running();
        arm(world, generation, expectedDropped);
        return world;
    }

    private static void arm(HandoverWorld world, String generation, String... expectedDropped) {
        world.order(NEW, generation, expectedDropped);
        world.create(NEW, generation, true);
        world.pass(40);
    }

    private static void killJobManager(HandoverWorld world) {
        world.flink.killJobManager(NEW, OUTAGE);
        world.pass(30);
    }

    private static String jobId(HandoverWorld world) {
        return world.status(NEW).job().jobId().orElseThrow();
    }
}
