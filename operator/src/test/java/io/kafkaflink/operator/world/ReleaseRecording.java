package io.kafkaflink.operator.world;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.InvalidRevision;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.desired.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The life of a pipeline under one release, as everything that was ever written to the API server, in order and with its
 * time. Played without an operator up to any write it gives the cluster that a newer release would find.
 */
record ReleaseRecording(List<StoredWrite> writes) {
    ReleaseRecording {
        writes = List.copyOf(writes);
    }

    /** Plays a scenario under the code of now. */
    static ReleaseRecording of(Scenario scenario) {
        SimulatedWorld world = new SimulatedWorld();
        List<StoredWrite> writes = new ArrayList<>();
        world.stored = writes::add;
        scenario.before().forEach(part -> {
            part.accept(world);
            world.settle(Scenario.LONGEST);
        });
        scenario.play(world);
        return new ReleaseRecording(writes);
    }

    static ReleaseRecording read(Path file) throws IOException {
        return new ReleaseRecording(
                Files.readAllLines(file).stream().map(StoredWrite::read).toList());
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, writes.stream().map(StoredWrite::line).collect(Collectors.joining("\n", "", "\n")));
    }

    /** Number of writes up to the last one of the user: where the change begins that is looked at. */
    int beginning() {
        int last = 0;
        for (int i = 0; i < writes.size(); i++) {
            if (writes.get(i).kind() == StoredWrite.Kind.SPEC) {
                last = i + 1;
            }
        }
        return last;
    }

    /** The cluster after the first so many writes; its operator is there, but has not looked at it. */
    SimulatedWorld playedTo(int count) {
        SimulatedWorld world = new SimulatedWorld();
        world.operator.away(true);
        for (StoredWrite write : writes.subList(0, count)) {
            while (world.second() < write.second()) {
                world.pass(SimulatedWorld.STEP);
            }
            apply(world, write);
        }
        world.operator.away(false);
        return world;
    }

    private static void apply(SimulatedWorld world, StoredWrite write) {
        switch (write.kind()) {
            case SPEC -> world.user(write.as(PipelineSpec.class));
            case STATUS -> world.status = write.as(PipelineStatus.class);
            case TOPIC -> topic(world, write);
            case REVISION -> revision(world, write);
            case DEPLOYMENT -> deployment(world, write);
            case HANDOVER -> handover(world, write);
        }
    }

    private static void topic(SimulatedWorld world, StoredWrite write) {
        if (write.object() == null) {
            world.topics.delete(write.name());
        } else {
            world.topics.apply(write.object(), SimulatedWorld.ID);
        }
    }

    private static void revision(SimulatedWorld world, StoredWrite write) {
        if (write.object() == null) {
            world.revisions.remove(write.name());
            return;
        }
        try {
            Revision revision = Revisions.from(write.as(ControllerRevision.class));
            world.revisions.putIfAbsent(revision.name(), revision);
        } catch (InvalidRevision e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deployment(SimulatedWorld world, StoredWrite write) {
        Slot slot = Slot.valueOf(write.name());
        if (write.object() == null) {
            world.jobs.delete(slot);
        } else {
            world.jobs.apply(slot, write.as(GenericKubernetesResource.class));
        }
    }

    private static void handover(SimulatedWorld world, StoredWrite write) {
        Slot slot = Slot.valueOf(write.name());
        if (write.object() == null) {
            world.jobs.deleteHandover(slot);
            return;
        }
        Map<String, String> keys = new HashMap<>();
        write.object()
                .get("data")
                .properties()
                .forEach(entry -> keys.put(
                        entry.getKey(),
                        entry.getValue().isNull() ? null : entry.getValue().asText()));
        world.jobs.applyHandover(slot, keys);
    }

    /** How long the recorded life is. */
    Duration length() {
        return Duration.ofSeconds(writes.get(writes.size() - 1).second());
    }
}
