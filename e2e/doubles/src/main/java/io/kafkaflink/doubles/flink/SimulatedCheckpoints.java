package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What simulated jobs have written: savepoints, retained checkpoints, HA ConfigMaps. */
final class SimulatedCheckpoints {

    private final HaConfigMaps configMaps;
    private final Map<String, Long> restorable = new HashMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private int savepoints;

    SimulatedCheckpoints(HaConfigMaps configMaps) {
        this.configMaps = configMaps;
    }

    void knows(String path, long checkpointId) {
        restorable.put(path, checkpointId);
    }

    boolean exists(String path) {
        return restorable.containsKey(path);
    }

    void dispose(String path) {
        restorable.remove(path);
    }

    /** Whether HA metadata of a job is there. */
    boolean recoverable(DeploymentKey key, String jobId) {
        return latest.containsKey(HaConfigMaps.name(key, jobId));
    }

    /** The id that a starting job continues from: HA metadata win over the savepoint it was given. */
    long continueFrom(DeploymentKey key, SimulatedCluster cluster) {
        Long recovered = latest.get(HaConfigMaps.name(key, cluster.start.jobId()));
        if (recovered != null) {
            return recovered;
        }
        Optional<String> savepoint = cluster.start.savepoint().or(() -> cluster.told);
        if (savepoint.isEmpty()) {
            return 0;
        }
        Long id = restorable.get(savepoint.get());
        if (id == null) {
            throw new NotRecorded("a start of " + key + " from " + savepoint.get() + ", which does not exist");
        }
        return id;
    }

    /** The ConfigMap as a new job creates it. */
    void open(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.highAvailability() && !recoverable(key, cluster.start.jobId())) {
            configMaps.put(key, HaConfigMaps.name(key, cluster.start.jobId()), Map.of());
            publish(key, cluster);
        }
    }

    /** The ConfigMap names the newest checkpoint. */
    void publish(DeploymentKey key, SimulatedCluster cluster) {
        if (!cluster.highAvailability()) {
            return;
        }
        String name = HaConfigMaps.name(key, cluster.start.jobId());
        latest.put(name, cluster.checkpointId);
        String counter = Long.toString(cluster.checkpointId + 1);
        configMaps.put(
                key,
                name,
                cluster.checkpointId == 0
                        ? Map.of("counter", counter)
                        : Map.of(
                                "checkpointID-%019d".formatted(cluster.checkpointId),
                                "c2ltdWxhdGVk",
                                "counter",
                                counter));
    }

    void forget(DeploymentKey key, String jobId) {
        latest.remove(HaConfigMaps.name(key, jobId));
        configMaps.delete(key, HaConfigMaps.name(key, jobId));
    }

    /** A completed checkpoint of the cluster's current id. */
    String checkpoint(SimulatedCluster cluster) {
        Map<String, String> configuration = cluster.start.spec().configuration();
        String directory = configuration.getOrDefault(
                "execution.checkpointing.dir", configuration.getOrDefault("state.checkpoints.dir", "file:/tmp"));
        String path = path(directory, cluster.start.jobId() + "/chk-" + cluster.checkpointId);
        restorable.put(path, cluster.checkpointId);
        return path;
    }

    /** A completed savepoint of the cluster's current id. */
    String savepoint(SimulatedCluster cluster, String directory) {
        String jobId = cluster.start.jobId();
        String digest = UUID.nameUUIDFromBytes((jobId + savepoints++).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        String path = path(directory, "savepoint-" + jobId.substring(0, 6) + "-" + digest.substring(0, 12));
        restorable.put(path, cluster.checkpointId);
        return path;
    }

    /** Flink prints {@code file:/a} for {@code file:///a}. */
    private static String path(String directory, String name) {
        return directory.replaceFirst("^file:/+", "file:/") + "/" + name;
    }
}
