package io.kafkaflink.operator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.status.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statuses and Events as YAML, one document for each status that says something new, with what is new in it. Times are left out, and names that are
 * made anew each time are numbered.
 */
final class UpgradeTexts {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final PlainWords words = new PlainWords("<time>");
    private final Map<String, String> last = new LinkedHashMap<>();
    private final StringBuilder documents = new StringBuilder();

    void status(PipelineStatus status) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("conditions", news(status.conditions()));
        members.put("upgrade", status.upgrade());
        members.put("plan", status.plan());
        members.put("rejected", status.rejected());
        members.put("lastUpgrade", status.lastUpgrade());
        Map<String, Object> news = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            String text = value == null ? "" : words.of(yaml(value));
            boolean never = value == null && !last.containsKey(name);
            if (!never && !text.equals(last.put(name, text)) && !(value == null && name.equals("conditions"))) {
                news.put(name, value);
            }
        });
        if (!news.isEmpty()) {
            documents.append("---\n").append(words.of(yaml(Map.of("status", news))));
        }
    }

    /** Those that say something else than in the document before; null for none. */
    private List<Condition> news(List<Condition> conditions) {
        List<Condition> news = conditions.stream()
                .filter(condition ->
                        !words.of(yaml(condition)).equals(last.put(condition.type(), words.of(yaml(condition)))))
                .toList();
        return news.isEmpty() ? null : news;
    }

    void event(Note note) {
        documents
                .append("# Event ")
                .append(note.severity())
                .append(' ')
                .append(note.reason())
                .append(": ");
        documents.append(words.of(note.message())).append('\n');
    }

    private static String yaml(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return documents.toString();
    }
}
