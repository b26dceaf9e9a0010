package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One processing step, in the words of the custom resource. */
public sealed interface Transform {
    /** Puts text before a field. */
    record Prefix(String value, String field) implements Transform {}

    /** Spreads records; changes none. */
    record Rebalance() implements Transform {}

    /** Keeps records for which the expression is true. */
    record Filter(String expression) implements Transform {}

    /** Adds the running count per key. */
    record KeyedCount(String keyBy, String as) implements Transform {}

    /** Makes a record of some fields and fixed values. */
    record Project(List<Output> fields) implements Transform {
        public Project {
            fields = List.copyOf(fields);
        }
    }

    /** One field of a projection; {@code literal} is null where the value is taken from a field. */
    record Output(String name, String from, Object literal) {}

    /** Makes one record of each member of an array. */
    record Flatten(String field) implements Transform {}

    /** Keeps the first record of a key within a time. */
    record Deduplicate(String keyBy, Duration within) implements Transform {}

    /**
     * Event-time windows per key.
     *
     * @param lateness how long windows are kept for late records; zero when they are not
     */
    record Window(String keyBy, Extent extent, Duration lateness, List<Metric> metrics) implements Transform {
        public Window {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * A query of Flink SQL over the table input.
     *
     * @param fields the columns that are kept
     */
    record Query(String sql, List<String> fields) implements Transform {
        public Query {
            fields = List.copyOf(fields);
        }

        /** Whether results wait for the end of a window. */
        public boolean windowed() {
            return sql.toUpperCase(Locale.ROOT).contains("DESCRIPTOR");
        }
    }

    /** From when to when windows last. */
    sealed interface Extent {
        /** Windows of one size that begin at the multiples of the slide, which is the size where they are tumbling. */
        record Sized(Duration size, Duration slide) implements Extent {}

        /** From the first record of a key until the gap behind its last one. */
        record Session(Duration gap) implements Extent {}
    }

    /** One result of a window; {@code field} is null for a count and a duration. */
    record Metric(String name, Kind kind, String field) {}

    /** How a metric is computed. */
    enum Kind {
        COUNT,
        DISTINCT,
        SUM,
        MIN,
        MAX,
        AVG,
        DURATION
    }

    /** Reads the list {@code spec.transforms}. */
    static List<Transform> read(JsonNode transforms) {
        List<Transform> all = new ArrayList<>();
        transforms.forEach(node -> all.add(readOne(node)));
        return all;
    }

    private static Transform readOne(JsonNode node) {
        if (node.has("prefix")) {
            JsonNode prefix = node.get("prefix");
            return new Prefix(
                    prefix.path("value").asText(), prefix.path("field").asText("value"));
        }
        if (node.has("rebalance")) {
            return new Rebalance();
        }
        if (node.has("filter")) {
            return new Filter(node.get("filter").path("expression").asText());
        }
        if (node.has("keyedCount")) {
            JsonNode count = node.get("keyedCount");
            return new KeyedCount(count.path("keyBy").asText(), count.path("as").asText("count"));
        }
        if (node.has("project")) {
            return readProjection(node.get("project"));
        }
        if (node.has("flatten")) {
            return new Flatten(node.get("flatten").path("field").asText());
        }
        if (node.has("deduplicate")) {
            JsonNode first = node.get("deduplicate");
            return new Deduplicate(first.path("keyBy").asText(), span(first, "within"));
        }
        if (node.has("window")) {
            return readWindow(node.get("window"));
        }
        if (node.has("sql")) {
            List<String> fields = new ArrayList<>();
            node.get("sql")
                    .path("fields")
                    .forEach(field -> fields.add(field.path("name").asText()));
            return new Query(node.get("sql").path("query").asText(), fields);
        }
        throw new UncheckableException("transform '" + node.path("id").asText()
                + "' is of a kind the rehearsal does not know; it knows prefix,"
                + " project, rebalance, filter, flatten, keyedCount, deduplicate, window and sql");
    }

    private static Project readProjection(JsonNode projection) {
        List<Output> fields = new ArrayList<>();
        for (JsonNode field : projection.path("fields")) {
            String name = field.path("name").asText();
            fields.add(new Output(
                    name,
                    field.path("from").asText(name),
                    field.has("literal") ? literal(field.get("literal")) : null));
        }
        return new Project(fields);
    }

    private static Object literal(JsonNode literal) {
        String text = literal.path("value").asText();
        return switch (literal.path("type").asText("String")) {
            case "Long" -> Long.parseLong(text);
            case "Double" -> Double.parseDouble(text);
            case "Boolean" -> text.equals("true");
            default -> text;
        };
    }

    private static Window readWindow(JsonNode window) {
        List<Metric> metrics = new ArrayList<>();
        window.path("metrics").forEach(metric -> metrics.add(readMetric(metric)));
        return new Window(
                window.path("keyBy").asText(),
                readExtent(window),
                Durations.parse(window.path("allowedLateness").asText("0s")),
                metrics);
    }

    private static Metric readMetric(JsonNode metric) {
        for (Kind kind : Kind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            if (metric.has(word)) {
                JsonNode field = metric.get(word).path("field");
                return new Metric(metric.path("name").asText(), kind, field.isTextual() ? field.asText() : null);
            }
        }
        throw new UncheckableException(
                "metric '" + metric.path("name").asText() + "' is of a kind the rehearsal does" + " not know");
    }

    private static Extent readExtent(JsonNode window) {
        if (window.has("session")) {
            return new Extent.Session(span(window.get("session"), "gap"));
        }
        if (window.has("sliding")) {
            return new Extent.Sized(span(window.get("sliding"), "size"), span(window.get("sliding"), "slide"));
        }
        Duration size = span(window.path("tumbling"), "size");
        return new Extent.Sized(size, size);
    }

    private static Duration span(JsonNode node, String member) {
        return Durations.parse(node.path(member).asText());
    }
}
