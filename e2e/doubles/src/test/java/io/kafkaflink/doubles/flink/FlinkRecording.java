package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Condenses raw recordings of FlinkDeployments: initial resources, stimuli with their time, rows. */
final class FlinkRecording {

    /** In the order in which they were recorded where one goes on where another has ended. */
    static final List<String> NAMES = List.of(
            "01-first-deploy",
            "02-one-patch-upgrade",
            "x-spec-change-while-suspended",
            "03-suspend",
            "04-resume",
            "05-handover",
            "06-savepoint-failure",
            "07-bad-image-rollback",
            "08a-throw-in-main-rollback",
            "08b-throw-in-operator-rollback",
            "09-snapshot-checkpoint",
            "10-delete-savepoint-on-deletion",
            "11a-version-change-same-uids",
            "11b-version-change-new-uids-offsets",
            "12-validation-error",
            "13-restarting-fallback-false",
            "14a-kill-jobmanager",
            "14b-kill-taskmanager",
            "14c-kill-jobmanager-without-ha",
            "15a-fko-killed-after-savepoint",
            "15b-fko-killed-while-deploying",
            "15c-fko-killed-right-after-patch",
            "19-edits-while-suspended",
            "29-quick-edits",
            "30-rest-ready-delay",
            "31-suspend-while-restarting",
            "32-restarting-fallback-true",
            "33-recreate-from-deletion-savepoint",
            "34-rollback-suspended-with-nonce",
            "35-rollback-suspended-stateless",
            "36-warm-handover",
            "37-warm-handover-jm-killed-while-waiting",
            "38-jm-killed-after-warm-handover",
            "39-warm-rollback-delete-and-resume",
            "40-warm-rollback-path-rule");

    /** Hand-over files were written by hand and are in no recording: when, by what FKO saw after it. */
    private static final Map<String, List<String>> HAND_OVERS = Map.of(
            "36-warm-handover", List.of("43.10 go p1b {S2}"),
            "37-warm-handover-jm-killed-while-waiting", List.of("67.70 go p1c {S1}"),
            "39-warm-rollback-delete-and-resume", List.of("48.50 go p1d {S1}"),
            "40-warm-rollback-path-rule", List.of("36.00 go p1e {S2}", "84.00 go p1f {S3}"));

    private final Path folder;
    private final String name;
    private final List<JsonNode> lines;
    private final double begin;
    private final FlinkRows rows = new FlinkRows();
    private final List<String> initial = new ArrayList<>();
    private final Set<String> leftovers = new HashSet<>();
    private final Set<String> created = new HashSet<>();

    private FlinkRecording(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.lines = sorted(folder, name);
        this.begin = lines.stream()
                .mapToDouble(line -> line.get("t").asDouble())
                .min()
                .orElseThrow();
    }

    static List<String> condense(Path folder, String name) {
        return new FlinkRecording(folder, name).condense();
    }

    private static List<JsonNode> sorted(Path folder, String name) {
        List<JsonNode> lines = new ArrayList<>(RecordingFiles.rawLines(folder, name));
        lines.removeIf(line -> line.get("t").asDouble() > 1e11);
        lines.sort(Comparator.comparingDouble(line -> line.get("t").asDouble()
                - (isInitial(line) ? 3600 : 0)
                - (line.get("kind").asText().matches("patch|create|delete") ? 0.001 : 0)));
        return lines;
    }

    private List<String> condense() {
        lines.stream()
                .filter(line -> line.get("kind").asText().equals("create"))
                .forEach(line -> created.add(resourceName(line)));
        initialResources();
        List<String> handOvers = new ArrayList<>(HAND_OVERS.getOrDefault(name, List.of()));
        for (JsonNode line : lines) {
            double time = Math.max(0, line.get("t").asDouble() - begin);
            while (!handOvers.isEmpty() && Double.parseDouble(handOvers.get(0).split(" ")[0]) <= time) {
                String[] words = handOvers.remove(0).split(" ", 2);
                rows.stimulus(Double.parseDouble(words[0]), words[1]);
            }
            line(line, time);
        }
        List<String> all = new ArrayList<>(initial);
        all.addAll(rows.lines);
        return all;
    }

    private void line(JsonNode line, double time) {
        switch (line.get("kind").asText()) {
            case "create" -> create(line, time);
            case "patch" -> rows.stimulus(time, "patch " + line.get("name").asText() + " " + line.get("patch"));
            case "delete" -> {
                if (!created.contains(line.get("name").asText())
                        || seen(line.get("name").asText())) {
                    rows.stimulus(time, "delete " + line.get("name").asText());
                }
            }
            case "kill" -> rows.stimulus(time, kill(line.get("pod").asText()));
            case "note" -> note(line.get("text").asText(), time);
            case "FlinkDeployment" -> deployment(line);
            case "FlinkStateSnapshot" -> snapshot(line);
            case "ConfigMap" -> haConfigMap(line);
            default -> {}
        }
    }

    private boolean seen(String deployment) {
        return rows.lines.stream().anyMatch(row -> row.startsWith("  fd " + deployment + " "));
    }

    private static boolean isInitial(JsonNode line) {
        return "INITIAL".equals(line.path("type").asText());
    }

    private static String resourceName(JsonNode create) {
        JsonNode manifest = create.get("manifest");
        return manifest.has("metadata")
                ? manifest.get("metadata").get("name").asText()
                : create.get("name").asText();
    }

    private void create(JsonNode line, double time) {
        JsonNode manifest = line.get("manifest");
        rows.stimulus(
                time,
                (manifest.has("kind") ? "create " : "snapshot ") + resourceName(line) + " "
                        + (manifest.has("kind") ? manifest.get("spec") : manifest));
    }

    private static String kill(String pod) {
        if (pod.startsWith("flink-kubernetes-operator")) {
            return "kill-operator";
        }
        String deployment = pod.substring(0, pod.indexOf('-'));
        return (pod.contains("-taskmanager-") ? "kill-taskmanager " : "kill-jobmanager ") + deployment;
    }

    private void note(String text, double time) {
        if (text.equals("fail file on")) {
            rows.stimulus(time, "break p1");
        } else if (text.equals("fail file off")) {
            rows.stimulus(time, "mend p1");
        }
    }

    private void deployment(JsonNode line) {
        String deployment = line.get("name").asText();
        if (!leftovers.contains(deployment)) {
            rows.deployment(
                    deployment,
                    line.get("gen").asLong(),
                    !line.get("deletionTimestamp").isNull(),
                    line.get("type").asText().equals("DELETED"),
                    line.get("status"));
        }
    }

    private void snapshot(JsonNode line) {
        JsonNode status = line.get("status");
        String trigger = line.path("labels").path("snapshot.trigger-type").asText("");
        boolean upgrade = trigger.equals("UPGRADE") || line.get("name").asText().contains("-savepoint-upgrade-");
        rows.snapshot(
                line.get("name").asText(),
                upgrade,
                line.get("type").asText().equals("ADDED"),
                Optional.ofNullable(status.get("state")).map(JsonNode::asText),
                Optional.ofNullable(status.get("path")).map(JsonNode::asText),
                line.get("type").asText().equals("DELETED"));
    }

    private void haConfigMap(JsonNode line) {
        List<Long> ids = new ArrayList<>();
        line.path("data").properties().forEach(e -> {
            if (e.getKey().startsWith("checkpointID-")) {
                ids.add(Long.parseLong(e.getKey().substring("checkpointID-".length())));
            }
        });
        rows.haConfigMap(
                line.get("name").asText(), ids, line.get("type").asText().equals("DELETED"));
    }

    /** What was there at the beginning; where a recording does not show it, the end of the one before it does. */
    private void initialResources() {
        Map<String, JsonNode> found = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (JsonNode line : lines) {
            if (line.get("kind").asText().equals("FlinkDeployment")) {
                names.add(line.get("name").asText());
                if (isInitial(line)) {
                    found.put(line.get("name").asText(), line);
                }
            } else if (line.get("kind").asText().matches("patch|kill")) {
                names.add(line.path("name").asText(line.path("pod").asText().replaceFirst("-.*", "")));
            }
        }
        names.stream().sorted().filter(n -> !n.equals("flink")).forEach(deployment -> {
            Optional<JsonNode> line = Optional.ofNullable(found.get(deployment))
                    .or(() -> created.contains(deployment) ? Optional.empty() : earlier(deployment));
            line.ifPresent(this::initialResource);
        });
    }

    private void initialResource(JsonNode line) {
        if (!line.get("deletionTimestamp").isNull()) {
            leftovers.add(line.get("name").asText());
            return;
        }
        ObjectNode status = line.get("status").deepCopy();
        status.remove(List.of("clusterInfo", "taskManager"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("generation", line.get("gen"));
        node.set("spec", line.get("spec"));
        node.set("status", status);
        initial.add("= " + line.get("name").asText() + " " + node);
        deployment(line);
    }

    private Optional<JsonNode> earlier(String deployment) {
        for (int i = NAMES.indexOf(name) - 1; i >= 0; i--) {
            List<JsonNode> other = RecordingFiles.rawLines(folder, NAMES.get(i)).stream()
                    .filter(line -> line.get("kind").asText().equals("FlinkDeployment"))
                    .filter(line -> line.get("name").asText().equals(deployment))
                    .toList();
            if (!other.isEmpty()) {
                return Optional.of(other.get(other.size() - 1));
            }
        }
        throw new IllegalStateException("Nothing says how " + deployment + " was at the beginning of " + name);
    }
}
