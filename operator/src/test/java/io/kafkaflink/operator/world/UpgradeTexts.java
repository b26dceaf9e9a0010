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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

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
    private static final Pattern TIME = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
    private static final Map<String, Pattern> NAMES = Map.of(
            "job", Pattern.compile("\\b[0-9a-f]{32}\\b"),
            "revision", Pattern.compile("\\bp1-[0-9a-f]{8}\\b"),
            "savepoint", Pattern.compile("\\bsavepoint-[0-9a-f]{6}-[0-9a-f]{12}\\b"),
            "upgrade", Pattern.compile("\\b20[0-9]{6}-[0-9]{6}(-[0-9]+)?\\b"));

    private final Map<String, List<String>> names = new LinkedHashMap<>();
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
            String text = value == null ? "" : plain(yaml(value));
            boolean never = value == null && !last.containsKey(name);
            if (!never && !text.equals(last.put(name, text)) && !(value == null && name.equals("conditions"))) {
                news.put(name, value);
            }
        });
        if (!news.isEmpty()) {
            documents.append("---\n").append(plain(yaml(Map.of("status", news))));
        }
    }

    /** Those that say something else than in the document before; null for none. */
    private List<Condition> news(List<Condition> conditions) {
        List<Condition> news = conditions.stream()
                .filter(condition -> !plain(yaml(condition)).equals(last.put(condition.type(), plain(yaml(condition)))))
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
        documents.append(plain(note.message())).append('\n');
    }

    /** Without what is another each time. */
    private String plain(String text) {
        String timeless = TIME.matcher(text).replaceAll("<time>");
        for (Map.Entry<String, Pattern> name : new TreeMap<>(NAMES).entrySet()) {
            timeless = name.getValue().matcher(timeless).replaceAll(found -> numbered(name.getKey(), found));
        }
        return timeless;
    }

    private String numbered(String kind, MatchResult found) {
        List<String> known = names.computeIfAbsent(kind, each -> new ArrayList<>());
        if (!known.contains(found.group())) {
            known.add(found.group());
        }
        return "<" + kind + " " + (known.indexOf(found.group()) + 1) + ">";
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
