package io.kafkaflink.operator.desired;

import static java.util.Map.entry;

import io.kafkaflink.operator.api.v1alpha1.StateSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The {@code flinkConfiguration} of a FlinkDeployment. Options that decide whether state survives are always explicit: FKO
 * can have other defaults a namespace or a Flink version, which nothing in the resource shows.
 */
final class FlinkOptions {
    /** Options with one value for every pipeline. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            entry("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"),
            entry("execution.checkpointing.mode", "EXACTLY_ONCE"),
            entry("execution.runtime-mode", "STREAMING"),
            entry("execution.state-recovery.claim-mode", "NO_CLAIM"),
            entry("high-availability.type", "kubernetes"),
            entry("job.autoscaler.enabled", "false"),
            // A JobManager that leads again after its job was stopped must know it, or it runs the job once more.
            entry("job-result-store.delete-on-commit", "false"),
            // A job that is lost without its order waits instead of starting from nothing.
            entry("kafkaflink.handover", "required"),
            // FKO's rollback leaves spec and running job apart, and never crosses a Flink version.
            entry("kubernetes.operator.deployment.rollback.enabled", "false"),
            // A drain would fire all windows before the savepoint.
            entry("kubernetes.operator.job.drain-on-savepoint-deletion", "false"),
            entry("kubernetes.operator.job.restart.failed", "false"),
            entry("kubernetes.operator.job.savepoint-on-deletion", "true"),
            // With the fallback FKO cancels a job that is not RUNNING and restores a checkpoint, without a word in
            // status.
            entry("kubernetes.operator.job.upgrade.last-state-fallback.enabled", "false"),
            entry("kubernetes.operator.job.upgrade.last-state.job-cancel.enabled", "false"),
            // By position, FKO's default, a template for one kind of process would overwrite our volume.
            entry("kubernetes.operator.pod-template.merge-arrays-by-name", "true"),
            entry("kubernetes.operator.savepoint.dispose-on-delete", "false"),
            // The one format that another state backend reads.
            entry("kubernetes.operator.savepoint.format.type", "CANONICAL"),
            // The UPGRADE snapshot is the proof that a savepoint was taken.
            entry("kubernetes.operator.snapshot.resource.enabled", "true"),
            entry("pipeline.auto-generate-uids", "false"),
            entry("pipeline.generic-types", "false"));

    /** TaskManagers for so many slots start with the JobManager, while main() still waits (measured, 1.20 and 2.2). */
    private static final String MIN_SLOTS = "slotmanager.number-of-slots.min";

    /** Options whose value follows from the spec. Folders in both spellings: the newer one would win over ours. */
    private static final Set<String> DERIVED = Set.of(
            "execution.checkpointing.dir",
            "execution.checkpointing.interval",
            "execution.checkpointing.savepoint-dir",
            "execution.checkpointing.timeout",
            "high-availability.storageDir",
            MIN_SLOTS,
            "pipeline.max-parallelism",
            "state.checkpoints.dir",
            "state.savepoints.dir");

    /** Options that a user may set to something else. */
    private static final Map<String, String> SUGGESTED = Map.of(
            "execution.checkpointing.num-retained", "3",
            "taskmanager.numberOfTaskSlots", "1");

    private FlinkOptions() {}

    /** True for an option that only the operator sets. */
    static boolean owned(String key) {
        return FIXED.containsKey(key) || DERIVED.contains(key);
    }

    /**
     * The user's options with ours over them, sorted.
     *
     * @param warmSlots slots that are to be there before the job asks for them; 0 for none
     * @param folder {@code <state.dir>/<namespace>/<name>}, the parent of everything Flink stores
     */
    static Map<String, String> of(Map<String, String> users, StateSpec state, int warmSlots, String folder) {
        Map<String, String> options = new TreeMap<>(SUGGESTED);
        options.putAll(users);
        StateOptions.of(state).forEach(option -> options.put(option.key(), option.value()));
        options.putAll(FIXED);
        options.put("execution.checkpointing.dir", folder + "/checkpoints");
        options.put("execution.checkpointing.savepoint-dir", folder + "/savepoints");
        options.put("execution.checkpointing.interval", state.checkpointInterval());
        options.put("execution.checkpointing.timeout", state.checkpointTimeout());
        options.put("high-availability.storageDir", folder + "/ha");
        if (warmSlots > 0) {
            options.put(MIN_SLOTS, String.valueOf(warmSlots));
        }
        options.put("pipeline.max-parallelism", state.maxParallelism().toString());
        options.put("state.checkpoints.dir", folder + "/checkpoints");
        options.put("state.savepoints.dir", folder + "/savepoints");
        return options;
    }
}
