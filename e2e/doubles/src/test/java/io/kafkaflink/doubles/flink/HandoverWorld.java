package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.job.JobGraph;
import io.kafkaflink.doubles.job.SimulatedKafka;
import io.kafkaflink.doubles.recording.RecordingFiles;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two FlinkDeployments of one pipeline whose jobs read numbered records; the test is their operator. */
final class HandoverWorld {
    static final DeploymentKey OLD = new DeploymentKey("default", "p1-a");
    static final DeploymentKey NEW = new DeploymentKey("default", "p1-b");
    static final Outage OUTAGE = new Outage(Duration.ofSeconds(6), Duration.ofSeconds(6), false);

    private static final String SPEC = """
            {"image":"job:2.2","flinkVersion":"v2_2","serviceAccount":"flink",
             "flinkConfiguration":{"taskmanager.numberOfTaskSlots":"1","state.checkpoints.dir":"file:///cp",
               "state.savepoints.dir":"file:///sp","high-availability.type":"kubernetes",
               "high-availability.storageDir":"file:///ha","slotmanager.number-of-slots.min":"2",
               "kubernetes.operator.job.upgrade.last-state-fallback.enabled":"false"},
             "jobManager":{"resource":{"cpu":1,"memory":"1g"}},"taskManager":{"resource":{"cpu":1,"memory":"1g"}},
             "job":{"jarURI":"local:///opt/flink/usrlib/job.jar","entryClass":"Job","parallelism":2,
               "upgradeMode":"savepoint"}}""";

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-24T10:00:00Z"));
    final FlinkSimulation simulation = new FlinkSimulation(clock, SimulatedTimes.real(), FlinkOperatorSettings.real());
    final SimulatedFlink flink = simulation.flink();
    final SimulatedKafka kafka = new SimulatedKafka(clock);

    /** That jobs of the next FlinkDeployments read at most. */
    int partitions = Integer.MAX_VALUE;

    HandoverWorld() {
        flink.knowsImage("job:2.2", "2.2.1");
        flink.reads(kafka, start -> Optional.of(graph(start)));
        kafka.grow("in", 2);
    }

    /** With an old job that runs. */
    static HandoverWorld running() {
        HandoverWorld world = new HandoverWorld();
        world.create(OLD, "1");
        world.pass(40);
        return world;
    }

    /** Its uids end with {@code generation}. */
    void create(DeploymentKey key, String generation) {
        create(key, generation, false);
    }

    void create(DeploymentKey key, String generation, boolean ordersOnly) {
        ObjectNode spec = (ObjectNode) RecordingFiles.parse(SPEC);
        ObjectNode job = (ObjectNode) spec.get("job");
        job.putArray("args")
                .add("--config-hash")
                .add(hash(generation))
                .add("--uids")
                .add(generation)
                .add("--partitions")
                .add(Integer.toString(partitions));
        if (ordersOnly) {
            ((ObjectNode) spec.get("flinkConfiguration")).put("kafkaflink.handover", "required");
        }
        simulation.store().create(key, FlinkSpec.of(spec));
    }

    void order(DeploymentKey key, String generation, String... expectedDropped) {
        ArmOrder order = new ArmOrder(
                null,
                "upgrade-1",
                "revision-" + generation,
                hash(generation),
                null,
                List.of(expectedDropped),
                newestState(),
                "5m",
                Map.of(),
                List.of(),
                null,
                null);
        simulation.store().applyHandover(key, Map.of(HandoverKeys.ORDER, HandoverJson.write(order)));
    }

    /** Also tells the job to watch, until the old one has read on. */
    void orderToDrain(DeploymentKey key, String generation, String oldJob, String... expectedDropped) {
        ArmOrder order = new ArmOrder(
                null,
                "upgrade-1",
                "revision-" + generation,
                hash(generation),
                new ArmOrder.From("revision-1", OLD.name(), "source-1", Map.of(), "file:///cp/" + oldJob),
                List.of(expectedDropped),
                newestState(),
                "5m",
                Map.of(),
                List.of(),
                null,
                true);
        simulation.store().applyHandover(key, Map.of(HandoverKeys.ORDER, HandoverJson.write(order)));
    }

    /** Tells a job that is about to resume of the one that was deleted for it. */
    void abandon(DeploymentKey key, String generation, String jobId) {
        ArmOrder order = new ArmOrder(
                null,
                "upgrade-1",
                "revision-" + generation,
                hash(generation),
                null,
                List.of(),
                null,
                "5m",
                Map.of(),
                List.of(),
                new ArmOrder.Abandoned("upgrade-1", jobId, null, null),
                null);
        simulation.store().applyHandover(key, Map.of(HandoverKeys.ORDER, HandoverJson.write(order)));
    }

    void go(DeploymentKey key, String jobId, String savepoint, GoOrder.Offsets offsets, String... allowDropped) {
        GoOrder go = new GoOrder(null, "upgrade-1", jobId, savepoint, offsets, List.of(allowDropped), List.of());
        simulation.store().applyHandover(key, Map.of(HandoverKeys.GO, HandoverJson.write(go)));
    }

    /** Suspends a job and returns its savepoint. */
    String stop(DeploymentKey key) {
        state(key, "suspended");
        pass(10);
        assertThat(status(key).lifecycle()).isEqualTo(LifecycleState.SUSPENDED);
        return status(key).job().upgradeSavepointPath().orElseThrow();
    }

    void state(DeploymentKey key, String state) {
        simulation.store().edit(key, spec -> {
            ObjectNode copy = spec.json().deepCopy();
            ((ObjectNode) copy.get("job")).put("state", state);
            return FlinkSpec.of(copy);
        });
    }

    void pass(double seconds) {
        simulation.runUntil(clock.instant().plus(Duration.ofMillis(Math.round(seconds * 1000))));
    }

    FlinkStatus status(DeploymentKey key) {
        return simulation.store().deployment(key).orElseThrow().status().orElse(FlinkStatus.NONE);
    }

    Optional<ArmVerdict> armed(DeploymentKey key) {
        return read(key, HandoverKeys.ARMED, ArmVerdict.class);
    }

    Optional<GoResult> result(DeploymentKey key) {
        return read(key, HandoverKeys.RESULT, GoResult.class);
    }

    Optional<Verification> verified(DeploymentKey key) {
        return read(key, HandoverKeys.VERIFIED, Verification.class);
    }

    Optional<DrainReport> drained(DeploymentKey key) {
        return read(key, HandoverKeys.DRAINED, DrainReport.class);
    }

    void assertExact() {
        assertThat(kafka.faults()).isEmpty();
        assertThat(kafka.read()).isPositive();
    }

    private <T extends HandoverDocument> Optional<T> read(DeploymentKey key, String dataKey, Class<T> type) {
        String json = simulation.store().handover(key).orElseThrow().get(dataKey);
        return HandoverJson.read(json, type) instanceof Reading.Found<T> found
                ? Optional.of(found.document())
                : Optional.empty();
    }

    /** Of the old job: what its newest checkpoint holds is known by its path. */
    private String newestState() {
        return simulation
                .store()
                .deployment(OLD)
                .flatMap(FlinkDeployment::status)
                .flatMap(status -> status.job().jobId())
                .map(id -> flink.newestCheckpoint(id).orElse(null))
                .orElse(null);
    }

    private static String hash(String generation) {
        return generation.repeat(64).substring(0, 64);
    }

    private static JobGraph graph(Effect.Start start) {
        List<String> args = start.spec().args();
        String generation = JobGraph.argument(args, "--uids").orElseThrow();
        return new JobGraph(
                JobGraph.argument(args, "--config-hash").orElseThrow(),
                "source-" + generation,
                Set.of("source-" + generation, "step", "sink-" + generation),
                Map.of(
                        "in",
                        Integer.parseInt(JobGraph.argument(args, "--partitions").orElseThrow())),
                "p1");
    }
}
