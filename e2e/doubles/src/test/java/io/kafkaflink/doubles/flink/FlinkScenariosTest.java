package io.kafkaflink.doubles.flink;

import static io.kafkaflink.doubles.flink.FlinkWorld.P1;
import static io.kafkaflink.doubles.flink.FlinkWorld.args;
import static io.kafkaflink.doubles.flink.FlinkWorld.configuration;
import static io.kafkaflink.doubles.flink.FlinkWorld.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.doubles.NotRecorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Situations of the contract beside the recorded sequences. */
class FlinkScenariosTest {

    private static final String FALLBACK = "kubernetes.operator.job.upgrade.last-state-fallback.enabled";

    @Test
    @DisplayName("created suspended: nothing is recorded and nothing started; running starts it")
    void createdSuspended() {
        FlinkWorld world = new FlinkWorld();
        world.create(spec -> job(spec).put("state", "suspended"));
        world.pass(60);
        assertThat(world.statusRows())
                .containsExactly("  fd p1 1 -", "  fd p1 1/- CREATED UPGRADING - MISSING - usp=- id=- - -");
        world.edit(spec -> job(spec).put("state", "running"));
        world.pass(40);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
    }

    @Test
    @DisplayName("RESTARTING without HA, fallback on: cancel, newest checkpoint, no snapshot resource (T3)")
    void fallbackByCancel() {
        FlinkWorld world = FlinkWorld.running(spec -> {
            configuration(spec).remove("high-availability.type");
            configuration(spec).remove(FALLBACK);
        });
        world.flink.breakJob(P1);
        world.pass(20);
        world.rows.lines.clear();
        world.edit(args("b"));
        world.pass(60);
        assertThat(world.rows.lines)
                .containsExactly(
                        "  fd p1 2/1 STABLE DEPLOYED RESTARTING READY running/stateless/2/argsA/first usp=- id=A"
                                + " F/Restarting -",
                        "  fd p1 2/1 UPGRADING UPGRADING CANCELLING READY running/stateless/2/argsA/first usp=- id=A"
                                + " F/Cancelling -",
                        "  fd p1 2/2 UPGRADING UPGRADING CANCELED READY suspended/savepoint/2/argsB usp=chk id=A"
                                + " F/Cancelling -",
                        "  fd p1 2/2 UPGRADING UPGRADING CANCELED MISSING suspended/savepoint/2/argsB usp=chk id=A"
                                + " F/Cancelling -",
                        "  fd p1 2/2 UPGRADING UPGRADING CANCELED MISSING suspended/savepoint/2/argsB usp=chk id=B"
                                + " F/Cancelling -",
                        "  fd p1 2/2 DEPLOYED DEPLOYED RECONCILING DEPLOYING running/savepoint/2/argsB usp=chk id=B"
                                + " F/Reconciling -",
                        "  fd p1 2/2 DEPLOYED DEPLOYED RECONCILING DEPLOYED_NOT_READY running/savepoint/2/argsB usp=chk"
                                + " id=B F/Reconciling -",
                        "  fd p1 2/2 STABLE DEPLOYED RUNNING READY running/savepoint/2/argsB usp=chk id=B"
                                + " F/Reconciling -",
                        "  fd p1 2/2 STABLE DEPLOYED RUNNING READY running/savepoint/2/argsB usp=chk id=B T/Running -");
    }

    @Test
    @DisplayName("flinkVersion changes while RESTARTING: fallback=false is ignored, also with HA (T8)")
    void versionChangeIgnoresFallback() {
        FlinkWorld world =
                FlinkWorld.running(spec -> spec.put("flinkVersion", "v1_20").put("image", "job:1.20"));
        world.flink.breakJob(P1);
        world.pass(20);
        world.edit(spec -> spec.put("flinkVersion", "v2_2").put("image", "job:2.2"));
        world.pass(1);
        assertThat(world.status().job().state()).contains(FlinkJobState.CANCELLING);
        world.pass(60);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
        assertThat(world.status().job().upgradeSavepointPath().orElseThrow()).contains("/chk-");
        assertThat(world.rows.lines).noneMatch(line -> line.startsWith("  snap "));
    }

    @Test
    @DisplayName("fallback=false waits silently for hours, with one SpecChanged event (T4)")
    void silentWait() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.flink.breakJob(P1);
        world.pass(20);
        world.rows.lines.clear();
        world.events.clear();
        world.edit(args("b"));
        world.pass(6 * 3600);
        assertThat(world.statusRows()).hasSize(1);
        assertThat(world.status().error()).isEmpty();
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
        assertThat(world.events).extracting(Effect.Publish::reason).containsExactly("SpecChanged");
        world.flink.mendJob(P1);
        world.pass(60);
        assertThat(world.deployment().generation()).isEqualTo(2);
        assertThat(world.status().observedGeneration()).hasValue(2);
    }

    @Test
    @DisplayName("a savepoint that fails is tried again for ever, with nothing but a flickering error (T2)")
    void noGivingUp() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.flink.unwritable(directory -> true);
        world.edit(args("b"));
        world.pass(3600);
        assertThat(world.statusRows()).hasSizeGreaterThan(400);
        assertThat(world.status().observedGeneration()).hasValue(1);
        assertThat(world.status().job().state()).contains(FlinkJobState.RUNNING);
        world.flink.unwritable(directory -> false);
        world.pass(60);
        assertThat(world.status().observedGeneration()).hasValue(2);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
    }

    @Test
    @DisplayName("a stop that hangs shows nothing at all")
    void hangingStop() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.flink.stopsHang(true);
        world.edit(args("b"));
        world.pass(300);
        assertThat(world.statusRows()).hasSize(1);
        assertThat(world.simulation.inPass(P1)).isTrue();
    }

    @Test
    @DisplayName("toggling allowNonRestoredState is observed at once, and recorded only by the next deploy (T9)")
    void ignoredFields() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        String id = world.status().job().jobId().orElseThrow();
        world.edit(spec -> job(spec).put("allowNonRestoredState", true));
        world.pass(1);
        assertThat(world.status().observedGeneration()).hasValue(2);
        assertThat(world.status().job().jobId()).contains(id);
        assertThat(lastReconciled(world).spec().allowNonRestoredState()).isFalse();
        world.edit(args("b"));
        world.pass(60);
        assertThat(lastReconciled(world).spec().allowNonRestoredState()).isTrue();
    }

    @Test
    @DisplayName("last-state of a RESTARTING job: same job id, its own newest checkpoint")
    void lastStateRepair() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        String id = world.status().job().jobId().orElseThrow();
        world.flink.breakJob(P1);
        world.pass(20);
        world.edit(args("b").andThen(spec -> job(spec).put("upgradeMode", "last-state")));
        world.pass(60);
        assertThat(world.status().job().jobId()).contains(id);
        assertThat(world.status().job().upgradeSavepointPath()).contains("KUBERNETES_OPERATOR_LAST_STATE");
        assertThat(lastReconciled(world).spec().upgradeMode()).isEqualTo(UpgradeMode.LAST_STATE);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
    }

    @Test
    @DisplayName("a job that has failed for good is restarted from what it was started from")
    void failedForGood() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.flink.script(P1, Behaviour.throwsInMain("no"));
        world.edit(args("b"));
        world.pass(60);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.FAILED);
        String savepoint = world.status().job().upgradeSavepointPath().orElseThrow();
        world.edit(args("c"));
        world.pass(60);
        assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
        assertThat(world.status().job().upgradeSavepointPath()).contains(savepoint);
    }

    @Test
    @DisplayName("the rate limiter holds back the sixth pass of 15 s")
    void rateLimit() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.pass(120);
        for (int i = 0; i < 8; i++) {
            int retries = i;
            world.edit(spec -> configuration(spec).put("kubernetes.operator.x", "v" + retries));
            world.pass(0.5);
        }
        assertThat(world.status().observedGeneration().orElseThrow()).isBetween(4L, 7L);
        world.pass(15);
        assertThat(world.status().observedGeneration()).hasValue(9);
    }

    @Test
    @DisplayName("hundreds of upgrades of one job, each with its own job id and savepoint, ten snapshots kept")
    void manyUpgrades() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        Set<String> jobs = new HashSet<>();
        Set<String> savepoints = new HashSet<>();
        int upgrades = Integer.getInteger("upgrades", 500);
        for (int i = 0; i < upgrades; i++) {
            world.edit(args("run", Integer.toString(i)));
            world.pass(60);
            world.rows.lines.clear();
            assertThat(world.status().lifecycle()).isEqualTo(LifecycleState.STABLE);
            jobs.add(world.status().job().jobId().orElseThrow());
            savepoints.add(world.status().job().upgradeSavepointPath().orElseThrow());
        }
        assertThat(jobs).hasSize(upgrades);
        assertThat(savepoints).hasSize(upgrades);
        assertThat(world.simulation.store().snapshots()).hasSize(10);
    }

    @Test
    @DisplayName("killed before any effect of an upgrade: one new job, from the savepoint of the old one")
    void operatorKilled() {
        int effects = upgradedThroughKill(Integer.MAX_VALUE);
        assertThat(effects).isGreaterThan(8);
        for (int point = 0; point < effects; point++) {
            upgradedThroughKill(point);
        }
    }

    /** Effects of the upgrade. */
    private static int upgradedThroughKill(int point) {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        String before = world.status().job().jobId().orElseThrow();
        List<Effect.Start> starts = new ArrayList<>();
        world.flink.usually(start -> {
            starts.add(start);
            return Behaviour.healthy();
        });
        int effects = world.simulation.operatorEffects();
        world.edit(args("b"));
        world.simulation.killOperatorAfter(point, Duration.ofSeconds(30));
        world.pass(120);
        String name = "killed before effect " + point;
        assertThat(world.status().lifecycle()).as(name).isEqualTo(LifecycleState.STABLE);
        assertThat(starts).as(name).hasSize(1);
        assertThat(starts.get(0).savepoint().orElseThrow()).as(name).contains("savepoint-" + before.substring(0, 6));
        assertThat(world.status().job().jobId()).as(name).hasValue(starts.get(0).jobId());
        return world.simulation.operatorEffects() - effects;
    }

    @Test
    @DisplayName("a snapshot that asks for disposal takes the files with it, if a JobManager lives")
    void disposal() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.edit(args("b"));
        world.pass(60);
        StateSnapshot upgrade = world.simulation.store().snapshots().get(0);
        String path = upgrade.path().orElseThrow();
        SnapshotRules rules = new SnapshotRules(FlinkOperatorSettings.real());
        assertThat(rules.decide(
                        deleting(upgrade, true),
                        Optional.of(world.deployment()),
                        Optional.empty(),
                        world.clock.instant()))
                .isEqualTo(new SnapshotRules.LetGo(Optional.of(path)));
        assertThat(rules.decide(
                        deleting(upgrade, false),
                        Optional.of(world.deployment()),
                        Optional.empty(),
                        world.clock.instant()))
                .isEqualTo(new SnapshotRules.LetGo(Optional.empty()));
        assertThat(rules.decide(deleting(upgrade, true), Optional.empty(), Optional.empty(), world.clock.instant()))
                .isEqualTo(new SnapshotRules.Rest(Optional.of(Duration.ofSeconds(15))));
    }

    @Test
    @DisplayName("situations that nobody has recorded fail loudly and say what was asked")
    void notRecorded() {
        FlinkWorld world = FlinkWorld.running(spec -> {});
        world.edit(spec -> job(spec).put("savepointTriggerNonce", 1));
        assertThatThrownBy(() -> world.pass(1))
                .isInstanceOf(NotRecorded.class)
                .hasMessageContaining("job.savepointTriggerNonce");
        List.of("standalone", "session").forEach(kind -> assertThatThrownBy(() -> {
                    FlinkWorld other = new FlinkWorld();
                    other.create(spec -> {
                        if (kind.equals("session")) {
                            spec.remove("job");
                        } else {
                            spec.put("mode", "standalone");
                        }
                    });
                    other.pass(1);
                })
                .isInstanceOf(NotRecorded.class));
    }

    private static ReconciledSpec lastReconciled(FlinkWorld world) {
        return world.status().reconciliation().lastReconciled().orElseThrow();
    }

    private static StateSnapshot deleting(StateSnapshot s, boolean dispose) {
        return new StateSnapshot(
                s.namespace(),
                s.name(),
                s.deployment(),
                s.created(),
                s.kind(),
                s.trigger(),
                s.alreadyExists(),
                dispose,
                true,
                true,
                s.state(),
                s.path(),
                s.error(),
                s.triggerId(),
                s.triggerTimestamp(),
                s.resultTimestamp());
    }
}
