package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Rows of a FlinkDeployment story: one line a change, equal neighbours once. Job ids, savepoint paths and argument lists
 * are letters and numbers in order of appearance, so that two stories can be compared.
 */
final class FlinkRows {

    private final Map<String, String> jobs = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, String> args = new HashMap<>();
    private final Map<String, String> upgrades = new HashMap<>();
    private final Map<String, Long> firstCheckpoint = new HashMap<>();
    private final Map<String, String> last = new LinkedHashMap<>();
    final List<String> lines = new CopyOnWriteArrayList<>();

    /** Paths that have been seen stand in a stimulus as {S1}, {S2}, so that a player can put its own there. */
    void stimulus(double time, String text) {
        String known = text;
        for (Map.Entry<String, String> path : paths.entrySet()) {
            known = known.replace(path.getKey(), "{" + path.getValue() + "}");
        }
        lines.add("> %.2f %s".formatted(time, known));
    }

    /** A stimulus with this story's own paths. */
    String withPaths(String text) {
        String own = text;
        for (Map.Entry<String, String> path : paths.entrySet()) {
            own = own.replace("{" + path.getValue() + "}", path.getKey());
        }
        return own;
    }

    /** A FlinkDeployment as a watch shows it. */
    void deployment(String name, long generation, boolean deleting, boolean gone, JsonNode status) {
        String row = "  fd " + name + " " + generation + (deleting ? " deleting" : "") + (gone ? " gone" : "")
                + statusText(status);
        if (!row.equals(last.put("fd " + name, row))) {
            lines.add(row);
        }
    }

    /** A FlinkStateSnapshot; UPGRADE ones are numbered, those from before the story are "old". */
    void snapshot(
            String name, boolean upgrade, boolean fresh, Optional<String> state, Optional<String> path, boolean gone) {
        if (upgrade && fresh) {
            upgrades.computeIfAbsent(name, k -> "U" + (upgrades.size() + 1));
        }
        boolean known = !upgrade || upgrades.containsKey(name);
        if (!known && !gone) {
            return;
        }
        String label = !upgrade ? name : upgrades.getOrDefault(name, "old");
        String row = "  snap " + label + " " + (gone ? "gone" : state.orElse("-"))
                + (known && !gone ? path.map(p -> " " + pathText(p)).orElse("") : "");
        if (!row.equals(last.put("snap " + label, row))) {
            lines.add(row);
        }
    }

    /** An HA ConfigMap; only the first own checkpoint of a job is of interest. */
    void haConfigMap(String name, List<Long> ids, boolean gone) {
        String job = name.replace("-config-map", "");
        job = job.substring(job.lastIndexOf('-') + 1);
        String label = "ha " + jobs.getOrDefault(job, "?");
        if (gone) {
            lines.add("  " + label + " gone");
            return;
        }
        if (ids.size() > 1 || (ids.isEmpty() && firstCheckpoint.containsKey(job))) {
            return;
        }
        String text = "[]";
        if (!ids.isEmpty()) {
            long distance = ids.get(0) - firstCheckpoint.computeIfAbsent(job, k -> ids.get(0));
            if (distance > 1) {
                return;
            }
            text = "[+" + distance + "]";
        }
        String row = "  " + label + " " + text;
        if (!row.equals(last.put(label, row))) {
            lines.add(row);
        }
    }

    private String statusText(JsonNode status) {
        if (!status.has("reconciliationStatus")) {
            return " -";
        }
        JsonNode job = status.path("jobStatus");
        JsonNode reconciliation = status.path("reconciliationStatus");
        return "/" + status.path("observedGeneration").asText("-") + " "
                + status.path("lifecycleState").asText() + " "
                + reconciliation.path("state").asText() + " "
                + job.path("state").asText("-") + " "
                + status.path("jobManagerDeploymentStatus").asText() + " "
                + specText(reconciliation.path("lastReconciledSpec")) + " usp="
                + text(job.path("upgradeSavepointPath")).map(this::pathText).orElse("-") + " id="
                + text(job.path("jobId")).map(id -> letter(jobs, id)).orElse("-") + " "
                + conditionText(status.path("conditions")) + " " + errorText(status.path("error"));
    }

    private String specText(JsonNode recorded) {
        if (recorded.isMissingNode()) {
            return "-";
        }
        JsonNode root = RecordingFiles.parse(recorded.asText());
        JsonNode job = root.path("spec").path("job");
        return job.path("state").asText() + "/" + job.path("upgradeMode").asText() + "/"
                + job.path("parallelism").asText() + "/args"
                + letter(args, job.path("args").toString())
                + (job.path("allowNonRestoredState").asBoolean() ? "/nonRestored" : "")
                + (root.path("resource_metadata").path("firstDeployment").asBoolean() ? "/first" : "");
    }

    private String pathText(String path) {
        if (path.startsWith("KUBERNETES_")) {
            return path;
        }
        int chk = path.lastIndexOf("/chk-");
        return chk >= 0 ? "chk" : paths.computeIfAbsent(path, k -> "S" + (paths.size() + 1));
    }

    private static String letter(Map<String, String> letters, String key) {
        return letters.computeIfAbsent(key, k -> Character.toString('A' + letters.size()));
    }

    private static String conditionText(JsonNode conditions) {
        if (conditions.isEmpty()) {
            return "-";
        }
        return conditions.get(0).path("status").asText().charAt(0) + "/"
                + conditions.get(0).path("reason").asText();
    }

    private static String errorText(JsonNode error) {
        if (error.isMissingNode() || error.isNull()) {
            return "-";
        }
        if (!error.asText().startsWith("{")) {
            return error.asText();
        }
        JsonNode json = RecordingFiles.parse(error.asText());
        String type = json.path("type").asText().replaceFirst(".*\\.", "");
        String reason = json.path("additionalMetadata").path("reason").asText();
        boolean ours = type.equals("ValidationException") || type.equals("UpgradeFailureException");
        return type
                + (reason.isEmpty() ? "" : "/" + reason)
                + (ours ? ": " + json.path("message").asText() : "");
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }
}
