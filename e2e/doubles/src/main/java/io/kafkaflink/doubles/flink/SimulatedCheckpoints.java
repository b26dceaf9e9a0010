package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.doubles.job.SavedState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What simulated jobs have written: savepoints, retained checkpoints, HA ConfigMaps. */
final class SimulatedCheckpoints {

    private final HaConfigMaps configMaps;
    private final Map<String, SavedState> restorable = new HashMap<>();
    private final Map<String, SavedState> latest = new HashMap<>();
    /** Newest checkpoint of each job that has completed one of its own. */
    private final Map<String, String> newest = new HashMap<>();

    /** Newest savepoint of each job. */
    private final Map<String, String> saved = new HashMap<>();

    private int savepoints;

    SimulatedCheckpoints(HaConfigMaps configMaps) {
        this.configMaps = configMaps;
    }

    void knows(String path, long checkpointId) {
        restorable.put(path, SavedState.bare(checkpointId));
    }

    /** What a path holds. */
    Optional<SavedState> state(String path) {
        return Optional.ofNullable(restorable.get(path));
    }

    boolean ownOf(String jobId) {
        return newest.containsKey(jobId);
    }

    /** Its newest checkpoint or savepoint. */
    Optional<String> newestOf(String jobId) {
        return Optional.ofNullable(saved.get(jobId)).or(() -> Optional.ofNullable(newest.get(jobId)));
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

    /** What a starting job continues from: HA metadata win over the savepoint it was given. */
    SavedState continueFrom(DeploymentKey key, SimulatedCluster cluster) {
        SavedState recovered = latest.get(HaConfigMaps.name(key, cluster.start.jobId()));
        if (recovered != null) {
            return recovered;
        }
        Optional<String> savepoint = cluster.start.savepoint().or(() -> cluster.told);
        if (savepoint.isEmpty()) {
            return SavedState.NONE;
        }
        return state(savepoint.get())
                .orElseThrow(() ->
                        new NotRecorded("a start of " + key + " from " + savepoint.get() + ", which does not exist"));
    }

    /** The ConfigMap as a new job creates it. */
    void open(DeploymentKey key, SimulatedCluster cluster, SavedState state) {
        if (cluster.highAvailability() && !recoverable(key, cluster.start.jobId())) {
            configMaps.put(key, HaConfigMaps.name(key, cluster.start.jobId()), Map.of());
            publish(key, cluster, state);
        }
    }

    /** The ConfigMap names the newest checkpoint. */
    void publish(DeploymentKey key, SimulatedCluster cluster, SavedState state) {
        if (!cluster.highAvailability()) {
            return;
        }
        String name = HaConfigMaps.name(key, cluster.start.jobId());
        latest.put(name, state);
        String counter = Long.toString(state.checkpointId() + 1);
        configMaps.put(
                key,
                name,
                state.checkpointId() == 0
                        ? Map.of("counter", counter)
                        : Map.of(
                                "checkpointID-%019d".formatted(state.checkpointId()),
                                "c2ltdWxhdGVk",
                                "counter",
                                counter));
    }

    void forget(DeploymentKey key, String jobId) {
        latest.remove(HaConfigMaps.name(key, jobId));
        configMaps.delete(key, HaConfigMaps.name(key, jobId));
    }

    /** The checkpoints of a job go with it, savepoints stay. */
    void discard(String jobId) {
        Optional.ofNullable(newest.remove(jobId)).ifPresent(restorable::remove);
    }

    /** A completed checkpoint. */
    String checkpoint(SimulatedCluster cluster, SavedState state) {
        Map<String, String> configuration = cluster.start.spec().configuration();
        String directory = configuration.getOrDefault(
                "execution.checkpointing.dir", configuration.getOrDefault("state.checkpoints.dir", "file:/tmp"));
        String path = path(directory, cluster.start.jobId() + "/chk-" + state.checkpointId());
        restorable.put(path, state);
        newest.put(cluster.start.jobId(), path);
        saved.remove(cluster.start.jobId());
        return path;
    }

    /** A completed savepoint. */
    String savepoint(SimulatedCluster cluster, SavedState state, String directory) {
        String jobId = cluster.start.jobId();
        String digest = UUID.nameUUIDFromBytes((jobId + savepoints++).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        String path = path(directory, "savepoint-" + jobId.substring(0, 6) + "-" + digest.substring(0, 12));
        restorable.put(path, state);
        saved.put(jobId, path);
        return path;
    }

    /** Flink prints {@code file:/a} for {@code file:///a}. */
    private static String path(String directory, String name) {
        return directory.replaceFirst("^file:/+", "file:/") + "/" + name;
    }
}
