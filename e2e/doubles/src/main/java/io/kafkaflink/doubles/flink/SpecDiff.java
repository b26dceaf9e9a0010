package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.doubles.NotRecorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Difference between the last reconciled and the current spec, field by field; the strongest class wins.
 *
 * @param lines {@code path : old -> new}, as the SpecChanged event prints them
 */
record SpecDiff(DiffClass strongest, List<String> lines) {

    private static final Set<String> IGNORED = Set.of(
            "job.upgradeMode", "job.allowNonRestoredState", "job.initialSavepointPath", "job.autoscalerResetNonce");
    private static final Set<String> SNAPSHOT_NONCES =
            Set.of("job.savepointTriggerNonce", "job.checkpointTriggerNonce");
    private static final String CONFIGURATION = "flinkConfiguration.";

    static SpecDiff between(FlinkSpec old, FlinkSpec current) {
        if (old.equals(current)) {
            return new SpecDiff(DiffClass.IGNORE, List.of());
        }
        Map<String, String> before = leaves(old);
        Map<String, String> after = leaves(current);
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        DiffClass strongest = DiffClass.IGNORE;
        List<String> lines = new ArrayList<>();
        for (String path : all.keySet()) {
            String from = before.get(path);
            String to = after.get(path);
            if (from == null ? to == null : from.equals(to)) {
                continue;
            }
            lines.add(path + " : " + from + " -> " + to);
            DiffClass found = classOf(path, to);
            strongest = found.compareTo(strongest) > 0 ? found : strongest;
        }
        return new SpecDiff(strongest, lines);
    }

    /** Text of the SpecChanged event. */
    String message() {
        return strongest + " change(s) detected (Diff: FlinkDeploymentSpec[" + String.join(", ", lines)
                + "]), starting reconciliation.";
    }

    private static DiffClass classOf(String path, String to) {
        if (IGNORED.contains(path)) {
            return DiffClass.IGNORE;
        }
        if (SNAPSHOT_NONCES.contains(path)) {
            throw new NotRecorded("a change of " + path + " to " + to);
        }
        if (path.equals("job.savepointRedeployNonce")) {
            return to == null ? DiffClass.IGNORE : DiffClass.SAVEPOINT_REDEPLOY;
        }
        if (path.equals("restartNonce") && to == null) {
            return DiffClass.IGNORE;
        }
        return path.startsWith(CONFIGURATION)
                ? configuration(path.substring(CONFIGURATION.length()))
                : DiffClass.UPGRADE;
    }

    private static DiffClass configuration(String key) {
        if (key.equals("pipeline.jobvertex-parallelism-overrides")) {
            throw new NotRecorded("a change of " + key + " (in-place rescaling)");
        }
        boolean live = key.startsWith("kubernetes.operator.")
                || key.startsWith("job.autoscaler")
                || key.startsWith("parallelism.default");
        return live ? DiffClass.IGNORE : DiffClass.UPGRADE;
    }

    private static Map<String, String> leaves(FlinkSpec spec) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", spec.json(), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> collect(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "." + i, node.get(i), into);
            }
        } else if (!node.isNull()) {
            into.put(path, node.asText());
        }
    }
}
