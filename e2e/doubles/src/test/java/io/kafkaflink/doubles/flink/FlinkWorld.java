package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One FlinkDeployment "p1" in a simulated world, for tests of single situations. */
final class FlinkWorld {

    static final DeploymentKey P1 = new DeploymentKey("default", "p1");
    private static final String SPEC = """
            {"image":"job:2.2","flinkVersion":"v2_2","serviceAccount":"flink",
             "flinkConfiguration":{"taskmanager.numberOfTaskSlots":"2","state.checkpoints.dir":"file:///cp",
               "state.savepoints.dir":"file:///sp","high-availability.type":"kubernetes",
               "high-availability.storageDir":"file:///ha",
               "kubernetes.operator.job.upgrade.last-state-fallback.enabled":"false"},
             "jobManager":{"resource":{"cpu":1,"memory":"1g"}},"taskManager":{"resource":{"cpu":1,"memory":"1g"}},
             "job":{"jarURI":"local:///opt/flink/usrlib/job.jar","entryClass":"Job","args":["a"],"parallelism":2,
               "upgradeMode":"savepoint"}}""";

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-21T10:00:00Z"));
    final FlinkSimulation simulation;
    final SimulatedFlink flink;
    final FlinkRows rows = new FlinkRows();
    final List<Effect.Publish> events = new ArrayList<>();

    FlinkWorld() {
        this(SimulatedTimes.real());
    }

    FlinkWorld(SimulatedTimes times) {
        simulation = new FlinkSimulation(clock, times, FlinkOperatorSettings.real());
        flink = simulation.flink();
        flink.knowsImage("job:2.2", "2.2.1").knowsImage("job:1.20", "1.20.3");
        simulation.store().watch(new Watcher());
    }

    /** A world with a running job. */
    static FlinkWorld running(Consumer<ObjectNode> change) {
        FlinkWorld world = new FlinkWorld();
        world.create(change);
        world.pass(40);
        world.rows.lines.clear();
        return world;
    }

    void create(Consumer<ObjectNode> change) {
        ObjectNode spec = (ObjectNode) RecordingFiles.parse(SPEC);
        change.accept(spec);
        simulation.store().create(P1, FlinkSpec.of(spec));
    }

    /** Changes the spec; null nodes count as absent. */
    void edit(Consumer<ObjectNode> change) {
        simulation.store().edit(P1, spec -> {
            ObjectNode copy = spec.json().deepCopy();
            change.accept(copy);
            return FlinkSpec.of(copy);
        });
    }

    /** Lets virtual seconds pass. */
    void pass(double seconds) {
        simulation.runUntil(clock.instant().plus(Duration.ofMillis(Math.round(seconds * 1000))));
    }

    FlinkStatus status() {
        return deployment().status().orElse(FlinkStatus.NONE);
    }

    FlinkDeployment deployment() {
        return simulation.store().deployment(P1).orElseThrow();
    }

    List<String> statusRows() {
        return rows.lines.stream().filter(line -> line.startsWith("  fd ")).toList();
    }

    static ObjectNode job(ObjectNode spec) {
        return (ObjectNode) spec.get("job");
    }

    static ObjectNode configuration(ObjectNode spec) {
        return (ObjectNode) spec.get("flinkConfiguration");
    }

    /** Other arguments of main. */
    static Consumer<ObjectNode> args(String... args) {
        return spec -> {
            var array = job(spec).putArray("args");
            for (String arg : args) {
                array.add(arg);
            }
        };
    }

    private final class Watcher implements InMemoryFlinkStore.Watcher {
        @Override
        public void changed(FlinkDeployment deployment, boolean byUser) {
            rows.deployment(
                    "p1",
                    deployment.generation(),
                    deployment.deleting(),
                    false,
                    deployment.status().isPresent()
                            ? FlinkStatusCodec.write(deployment.status().get())
                            : RecordingFiles.parse("{}"));
        }

        @Override
        public void gone(FlinkDeployment deployment) {
            rows.deployment("p1", deployment.generation(), deployment.deleting(), true, RecordingFiles.parse("{}"));
        }

        @Override
        public void snapshot(StateSnapshot snapshot, boolean gone) {
            rows.snapshot(
                    snapshot.name(),
                    snapshot.upgradeKind(),
                    snapshot.state().isEmpty(),
                    snapshot.state().map(Enum::name),
                    Optional.empty(),
                    gone);
        }

        @Override
        public void haConfigMap(DeploymentKey key, String name, Optional<Map<String, String>> data) {
            // Looked at where it matters.
        }

        @Override
        public void event(DeploymentKey key, Effect.Publish event) {
            events.add(event);
        }
    }
}
