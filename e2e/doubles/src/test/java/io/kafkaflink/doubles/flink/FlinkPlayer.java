package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays the stimuli of a condensed recording to the double in a simulated world and collects the rows. */
final class FlinkPlayer {

    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    /** How far the double may be behind a recording before the next stimulus comes all the same. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Map<String, Behaviour[]> SCRIPTS = Map.of(
            "01-first-deploy p1", new Behaviour[] {Behaviour.slowMount()},
            "34-rollback-suspended-with-nonce p1", new Behaviour[] {Behaviour.healthy(), Behaviour.slowTasks()},
            "40-warm-rollback-path-rule p1e", new Behaviour[] {Behaviour.waitsArmed(), Behaviour.slowTasks()});
    private static final Map<String, Outage> OUTAGES = Map.of(
            "14a-kill-jobmanager", new Outage(Duration.ofSeconds(16), Duration.ofSeconds(16), true),
            "14c-kill-jobmanager-without-ha", new Outage(Duration.ofSeconds(6), Duration.ofSeconds(6), false),
            "37-warm-handover-jm-killed-while-waiting", new Outage(Duration.ofSeconds(8), Duration.ofSeconds(8), true),
            "38-jm-killed-after-warm-handover", new Outage(Duration.ofSeconds(6), Duration.ofSeconds(9), false));

    private final String name;
    private final List<String> recorded;
    private final VirtualClock clock = new VirtualClock(BEGIN);
    private final FlinkSimulation world;
    private final FlinkRows rows = new FlinkRows();
    private final Set<String> scripted = new HashSet<>();

    FlinkPlayer(String name, List<String> recorded) {
        this.name = name;
        this.recorded = recorded;
        this.world = new FlinkSimulation(clock, times(name), FlinkOperatorSettings.real());
        world.flink()
                .knowsImage("localhost/job:2.2", "2.2.1")
                .knowsImage("localhost/job:1.20", "1.20.3")
                .knowsImage("localhost/job:warm", "2.2.1")
                .knowsImage("localhost/job:warm2", "2.2.1");
        world.flink().unwritable(directory -> directory.contains("/ro/"));
        world.flink().usually(FlinkPlayer::behaviour);
    }

    List<String> play() {
        recorded.stream().filter(line -> line.startsWith("= ")).forEach(this::restore);
        oldSnapshots();
        world.store().watch(new Watcher());
        world.store().deployments().forEach(this::row);
        world.startOperator();
        world.runUntil(clock.instant().plusSeconds(1));
        Instant start = clock.instant();
        int expected = 0;
        for (String line : recorded) {
            if (line.startsWith("  fd ")) {
                expected++;
            } else if (line.startsWith("> ")) {
                String[] words = line.split(" ", 3);
                Instant due = start.plusMillis(Math.round(Double.parseDouble(words[1]) * 1000));
                runTo(due, expected);
                rows.lines.add(line);
                stimulus(rows.withPaths(words[2]));
            }
        }
        runTo(clock.instant(), expected);
        world.runUntil(clock.instant().plusSeconds(7));
        return rows.lines;
    }

    private void runTo(Instant due, int expected) {
        if (due.isAfter(clock.instant())) {
            world.runUntil(due);
        }
        Instant end = clock.instant().plus(PATIENCE);
        for (Optional<Instant> next = world.next();
                deploymentRows() < expected && next.isPresent() && next.get().isBefore(end);
                next = world.next()) {
            world.runNext(next.get());
        }
    }

    private long deploymentRows() {
        return rows.lines.stream().filter(line -> line.startsWith("  fd ")).count();
    }

    private void stimulus(String text) {
        String[] words = text.split(" ", 3);
        DeploymentKey key = words.length > 1 ? key(words[1]) : key("p1");
        switch (words[0]) {
            case "create" -> {
                script(key);
                world.store().create(key, FlinkSpec.of(RecordingFiles.parse(words[2])));
            }
            case "patch" -> patch(key, RecordingFiles.parse(words[2]));
            case "delete" -> world.store().delete(key);
            case "snapshot" -> snapshot(words[1], RecordingFiles.parse(words[2]));
            case "break" -> world.flink().breakJob(key);
            case "mend" -> world.flink().mendJob(key);
            case "go" -> world.flink().go(key, words[2]);
            case "kill-jobmanager" -> world.flink().killJobManager(key, OUTAGES.get(name));
            case "kill-taskmanager" -> world.flink().killTaskManager(key, Duration.ofSeconds(20));
            case "kill-operator" -> killOperator(key);
            default -> throw new IllegalStateException("Unknown stimulus " + text);
        }
    }

    /** The process ends after the call that is under way, and is back after 2.5 s. */
    private void killOperator(DeploymentKey key) {
        world.runUntil(clock.instant());
        while (world.inPass(key)) {
            world.runNext(world.next().orElseThrow());
        }
        world.stopOperator();
        world.runUntil(clock.instant().plusMillis(2500));
        world.startOperator();
    }

    private void patch(DeploymentKey key, JsonNode patch) {
        script(key);
        world.store().edit(key, spec -> {
            ObjectNode merged = spec.json().deepCopy();
            merge(merged, patch.path("spec"));
            return FlinkSpec.of(merged);
        });
    }

    private void script(DeploymentKey key) {
        Behaviour[] script = SCRIPTS.get(name + " " + key.name());
        if (script != null && scripted.add(key.name())) {
            world.flink().script(key, script);
        }
    }

    /** JSON merge patch. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(e -> {
            JsonNode value = e.getValue();
            if (value.isNull()) {
                target.remove(e.getKey());
            } else if (value.isObject() && target.path(e.getKey()).isObject()) {
                merge((ObjectNode) target.get(e.getKey()), value);
            } else {
                target.set(e.getKey(), value);
            }
        });
    }

    private void snapshot(String snapshot, JsonNode spec) {
        world.store()
                .create(new StateSnapshot(
                        "default",
                        snapshot,
                        spec.path("jobReference").path("name").asText(),
                        clock.millis(),
                        spec.has("checkpoint") ? StateSnapshot.Kind.CHECKPOINT : StateSnapshot.Kind.SAVEPOINT,
                        Optional.empty(),
                        false,
                        spec.path("savepoint").path("disposeOnDelete").asBoolean(true),
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void restore(String line) {
        String[] words = line.split(" ", 3);
        JsonNode node = RecordingFiles.parse(words[2]);
        FlinkSpec spec = FlinkSpec.of(node.get("spec"));
        FlinkStatus status = FlinkStatusCodec.read(node.get("status")).orElseThrow();
        DeploymentKey key = key(words[1]);
        world.store()
                .restore(new FlinkDeployment(
                        key,
                        "uid-" + words[1],
                        node.get("generation").asLong(),
                        false,
                        true,
                        spec,
                        Optional.of(status)));
        FlinkStatus.Job job = status.job();
        job.upgradeSavepointPath().ifPresent(path -> world.flink().knowsSavepoint(path, 100));
        world.flink()
                .restore(
                        key,
                        new Effect.Start(
                                status.reconciliation()
                                        .lastReconciled()
                                        .orElseThrow()
                                        .spec(),
                                1,
                                job.jobId().orElseThrow(),
                                job.upgradeSavepointPath(),
                                false),
                        job.state().orElseThrow(),
                        100);
    }

    /** As many UPGRADE snapshots as make the recorded deletion of an old one due. */
    private void oldSnapshots() {
        int drop = recorded.indexOf("  snap old gone");
        spec("initialSavepointPath").ifPresent(path -> world.flink().knowsSavepoint(path, 666));
        if (drop < 0) {
            return;
        }
        boolean newOne = recorded.subList(0, drop).stream().anyMatch(line -> line.startsWith("  snap U"));
        long dropped = recorded.stream().filter("  snap old gone"::equals).count();
        int count = 10 + (newOne ? 0 : 1);
        for (int i = 0; i < count; i++) {
            world.store()
                    .restore(StateSnapshot.upgrade(key("p1"), "file:/old/" + i, i)
                            .completed("file:/old/" + i, "t"));
        }
        assertOnce(dropped);
    }

    private static void assertOnce(long dropped) {
        if (dropped != 1) {
            throw new IllegalStateException("The player can only play one deletion of an old snapshot");
        }
    }

    private Optional<String> spec(String field) {
        return recorded.stream()
                .filter(line -> line.contains("create p1 {"))
                .map(line -> RecordingFiles.parse(line.substring(line.indexOf('{')))
                        .path("job")
                        .path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private static SimulatedTimes times(String name) {
        SimulatedTimes real = SimulatedTimes.real();
        Duration podStart = name.startsWith("40") ? Duration.ofMillis(9500) : real.podStart();
        Duration submit = name.startsWith("14c") ? Duration.ofMillis(50) : real.submit();
        return new SimulatedTimes(
                podStart,
                submit,
                real.initializing(),
                real.tasksStart(),
                real.warmTasksStart(),
                real.checkpointInterval(),
                real.stop(),
                real.removal(),
                real.pullFailure(),
                real.handoverPoll());
    }

    private static Behaviour behaviour(Effect.Start start) {
        List<String> args = start.spec().args();
        boolean waits =
                start.spec().image().contains("warm") && start.savepoint().isEmpty() && !start.fromHaMetadata();
        Optional<String> thrown =
                args.contains("--throw-main") ? Optional.of("told to throw in main: x") : Optional.empty();
        Behaviour behaviour = waits
                ? Behaviour.waitsArmed()
                : thrown.map(Behaviour::throwsInMain).orElse(Behaviour.healthy());
        return args.contains("--throw-after-ms") ? behaviour.thenCrashes() : behaviour;
    }

    private static DeploymentKey key(String name) {
        return new DeploymentKey("default", name);
    }

    private void row(FlinkDeployment deployment) {
        row(deployment, false);
    }

    private void row(FlinkDeployment deployment, boolean gone) {
        rows.deployment(
                deployment.key().name(),
                deployment.generation(),
                deployment.deleting(),
                gone,
                deployment.status().<JsonNode>map(FlinkStatusCodec::write).orElseGet(() -> RecordingFiles.parse("{}")));
    }

    private final class Watcher implements InMemoryFlinkStore.Watcher {
        @Override
        public void changed(FlinkDeployment deployment, boolean byUser) {
            row(deployment);
        }

        @Override
        public void gone(FlinkDeployment deployment) {
            row(deployment, true);
        }

        @Override
        public void snapshot(StateSnapshot snapshot, boolean gone) {
            rows.snapshot(
                    snapshot.name(),
                    snapshot.upgradeKind(),
                    snapshot.state().isEmpty(),
                    snapshot.state().map(Enum::name),
                    snapshot.state()
                            .filter(s -> s == StateSnapshot.State.COMPLETED)
                            .flatMap(s -> snapshot.path()),
                    gone);
        }

        @Override
        public void haConfigMap(DeploymentKey key, String configMap, Optional<Map<String, String>> data) {
            List<Long> ids = data.orElse(Map.of()).keySet().stream()
                    .filter(k -> k.startsWith("checkpointID-"))
                    .map(k -> Long.parseLong(k.substring("checkpointID-".length())))
                    .toList();
            rows.haConfigMap(configMap, ids, data.isEmpty());
        }

        @Override
        public void event(DeploymentKey key, Effect.Publish event) {
            // Events flood in the real operator; nothing is built on them.
        }
    }
}
