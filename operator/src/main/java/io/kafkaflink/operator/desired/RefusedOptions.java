package io.kafkaflink.operator.desired;

import static java.util.Map.entry;

import io.kafkaflink.model.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Refuses Flink options that would take a decision of the operator's out of its hands, and secrets in the clear. */
final class RefusedOptions {
    static final String PATH = "spec.flink.flinkConfiguration";
    private static final String FOLDERS = "folders follow from spec.state.dir";
    private static final String START = "only the operator decides what state a job starts from";
    private static final String SCALE = "parallelism follows from the partitions of the topics";

    /** The options under {@code kubernetes.} that decide nothing but where pods run and how much they may use. */
    private static final SortedSet<String> ALLOWED = new TreeSet<>(Set.of(
            "kubernetes.jobmanager.cpu.limit-factor",
            "kubernetes.jobmanager.memory.limit-factor",
            "kubernetes.jobmanager.node-selector",
            "kubernetes.jobmanager.tolerations",
            "kubernetes.taskmanager.cpu.limit-factor",
            "kubernetes.taskmanager.memory.limit-factor",
            "kubernetes.taskmanager.node-selector",
            "kubernetes.taskmanager.tolerations"));

    /** Beginning of an option → why it is not the user's; a whole name is its own beginning. */
    private static final Map<String, String> PREFIXES = new TreeMap<>(Map.ofEntries(
            entry("$internal.", "it belongs to the Flink Kubernetes Operator"),
            entry("high-availability", "without the pipeline's own metadata a lost JobManager starts from old state"),
            entry("execution.attached", "the Flink Kubernetes Operator submits the job"),
            entry(
                    "execution.checkpointing.checkpoints-after-tasks-finish",
                    "the last output of a job that finishes is committed with such a checkpoint"),
            entry("execution.checkpointing.storage", FOLDERS),
            entry("state.checkpoint-storage", FOLDERS),
            entry("execution.savepoint", START),
            entry("execution.state-recovery.", START),
            entry(
                    "job-result-store.",
                    "the Flink Kubernetes Operator keeps the results of jobs, by which a JobManager that comes back knows"
                            + " that its job was stopped and does not run it again"),
            entry("execution.target", "the Flink Kubernetes Operator submits the job"),
            entry("job.autoscaler.", SCALE),
            entry("kafkaflink.", "these options are what the operator tells the job"),
            entry("jobmanager.scheduler", SCALE),
            entry(
                    "kubernetes.",
                    "of these only " + String.join(", ", ALLOWED)
                            + " can be set; use spec.flink for images, accounts and pods"),
            entry("parallelism.default", SCALE),
            entry("pipeline.jars", "the job jar is part of the image"),
            entry("pipeline.classpaths", "the job jar is part of the image"),
            entry("pipeline.jobvertex-parallelism-overrides", SCALE),
            entry("scheduler-mode", SCALE)));

    /** Where a field of the spec says the same. */
    private static final Map<String, String> FIELDS = Map.of(
            "execution.checkpointing.interval", "set spec.state.checkpointInterval",
            "execution.checkpointing.timeout", "set spec.state.checkpointTimeout",
            "execution.checkpointing.dir", "set spec.state.dir",
            "execution.checkpointing.savepoint-dir", "set spec.state.dir",
            "slotmanager.number-of-slots.min", "set spec.upgrade.strategy",
            "pipeline.max-parallelism", "set spec.state.maxParallelism",
            "state.checkpoints.dir", "set spec.state.dir",
            "state.savepoints.dir", "set spec.state.dir");

    /** Old and new name of the option. */
    private static final Set<String> BACKEND = Set.of("state.backend", "state.backend.type");

    /** As Flink decides which values to hide in its logs (GlobalConfiguration.isSensitive), without the bare "token". */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|secret|fs\\.azure\\.account\\.key|apikey|api-key"
                    + "|auth-params|service-key|jaas\\.config).*");

    private RefusedOptions() {}

    static List<Violation> in(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> violation(option.getKey(), option.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Violation> violation(String key, String value) {
        String path = PATH + "[" + key + "]";
        if (ALLOWED.contains(key)) {
            return Optional.empty();
        }
        Optional<String> reason = reason(key);
        if (reason.isPresent()) {
            return reason.map(
                    why -> new Violation(path, "an option that the operator owns", "no entry", "remove it: " + why));
        }
        if (SECRET.matcher(key).matches()) {
            return Optional.of(new Violation(
                    path,
                    "a secret in the clear",
                    "no entry",
                    "remove it, change the secret, and give it to the Flink pods as an environment variable or a mounted"
                            + " file from a Secret in spec.flink.podTemplate"));
        }
        if (BACKEND.contains(key)
                && String.valueOf(value).toLowerCase(Locale.ROOT).contains("forst")) {
            return Optional.of(new Violation(
                    path,
                    "'" + value + "'",
                    "hashmap or rocksdb",
                    "use another: Flink writes no canonical savepoints of ForSt, which every upgrade is made with"));
        }
        return value == null || value.isEmpty()
                ? Optional.of(new Violation(path, "no value", "a text", "give it a value or remove it"))
                : Optional.empty();
    }

    private static Optional<String> reason(String key) {
        if (FIELDS.containsKey(key)) {
            return Optional.of(FIELDS.get(key));
        }
        return PREFIXES.entrySet().stream()
                .filter(prefix -> key.startsWith(prefix.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> FlinkOptions.owned(key)
                        ? Optional.of("exactness and upgrades depend on the operator's value")
                        : Optional.empty());
    }
}
