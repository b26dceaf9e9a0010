package io.kafkaflink.doubles.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recording of KafkaTopics: stimuli ({@code create}, {@code patch}, {@code delete}, {@code broker}) and rows of what
 * the API server showed, equal neighbours once. Topic ids are letters in order of appearance.
 */
final class TopicRecording {

    static final List<String> NAMES = List.of(
            "20-topic-create",
            "21-topic-2-to-4",
            "22-topic-4-to-2",
            "23-topic-duplicate",
            "24-topic-paused",
            "25-topic-unmanaged",
            "26-topic-errors",
            "27-topic-recreated",
            "28-topic-delete");

    private TopicRecording() {}

    /** Condenses a raw recording. */
    static List<String> condense(Path folder, String name) {
        Rows rows = new Rows();
        List<JsonNode> lines = new ArrayList<>(RecordingFiles.rawLines(folder, name));
        lines.sort(Comparator.comparingDouble(TopicRecording::time));
        for (JsonNode line : lines) {
            switch (line.get("kind").asText()) {
                case "create" -> rows.stimulus("create " + line.get("manifest"));
                case "patch" -> rows.stimulus("patch " + line.get("name").asText() + " " + line.get("patch"));
                case "delete" -> rows.stimulus("delete " + line.get("name").asText());
                case "broker" -> {
                    if (line.get("cmd").asText().startsWith("--delete")) {
                        rows.stimulus("broker " + line.get("cmd").asText());
                    }
                }
                case "KafkaTopic" ->
                    rows.add(
                            line.get("type").asText().equals("DELETED"),
                            line.get("name").asText(),
                            state(line));
                default -> {}
            }
        }
        return rows.lines;
    }

    /** Deletions reach a watch a few milliseconds late, behind the recorder's next call. */
    private static double time(JsonNode line) {
        boolean gone = "DELETED".equals(line.path("type").asText());
        return line.get("t").asDouble() - (gone ? 0.005 : 0);
    }

    private static State state(JsonNode line) {
        JsonNode status = line.get("status");
        List<String> conditions = new ArrayList<>();
        status.path("conditions")
                .forEach(c -> conditions.add(
                        c.get("type").asText() + "=" + c.get("status").asText()
                                + (c.has("reason") ? "/" + c.get("reason").asText() : "")
                                + (c.has("message") ? "/" + c.get("message").asText() : "")));
        return new State(
                line.get("gen").asLong(),
                status.has("observedGeneration")
                        ? status.get("observedGeneration").asText()
                        : "-",
                line.get("finalizers").toString().contains(KafkaTopic.FINALIZER),
                !line.get("deletionTimestamp").isNull(),
                conditions,
                Optional.ofNullable(status.get("topicName"))
                        .map(JsonNode::asText)
                        .orElse("-"),
                Optional.ofNullable(status.get("topicId")).map(JsonNode::asText));
    }

    /** What a row says of a resource. */
    record State(
            long generation,
            String observed,
            boolean finalizer,
            boolean deleting,
            List<String> conditions,
            String topicName,
            Optional<String> topicId) {

        static State of(KafkaTopic topic) {
            KafkaTopicStatus status = topic.status();
            return new State(
                    topic.generation(),
                    status.observedGeneration().isPresent()
                            ? Long.toString(status.observedGeneration().getAsLong())
                            : "-",
                    topic.hasFinalizer(),
                    topic.deleting(),
                    status.conditions().stream()
                            .map(c -> c.type() + "=" + c.status()
                                    + c.reason().map(r -> "/" + r).orElse("")
                                    + c.message().map(m -> "/" + m).orElse(""))
                            .toList(),
                    status.topicName().orElse("-"),
                    status.topicId());
        }
    }

    /** Collects lines. */
    static final class Rows {
        final List<String> lines = new ArrayList<>();
        private final Map<String, String> ids = new HashMap<>();
        private final Map<String, String> last = new HashMap<>();

        void stimulus(String text) {
            lines.add("> " + text);
        }

        void add(boolean gone, String name, State state) {
            String id = state.topicId()
                    .map(i -> ids.computeIfAbsent(i, k -> Character.toString('A' + ids.size())))
                    .orElse("-");
            String row = "  " + name + " " + state.generation() + "/" + state.observed()
                    + (state.finalizer() ? " finalizer" : "") + (state.deleting() ? " deleting" : "")
                    + (gone ? " gone" : "") + " name=" + state.topicName() + " id=" + id + " "
                    + String.join(" ", state.conditions());
            if (!row.equals(last.put(name, row))) {
                lines.add(row.stripTrailing());
            }
        }
    }
}
