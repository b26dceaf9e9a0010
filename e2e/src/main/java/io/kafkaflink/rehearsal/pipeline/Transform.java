package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /** Tumbling event-time windows per key. */
    record Window(String keyBy, Duration size, List<Metric> metrics) implements Transform {
        public Window {
            metrics = List.copyOf(metrics);
        }
    }

    /** One result of a window; {@code field} is null for a count. */
    record Metric(String name, Kind kind, String field) {}

    /** How a metric is computed. */
    enum Kind {
        COUNT,
        DISTINCT,
        SUM
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
        if (node.has("window")) {
            return readWindow(node.get("window"));
        }
        throw new UncheckableException(
                "transform '" + node.path("id").asText() + "' is of a kind the rehearsal does not"
                        + " know; it knows prefix, rebalance, filter, keyedCount and window");
    }

    private static Window readWindow(JsonNode window) {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode metric : window.path("metrics")) {
            String name = metric.path("name").asText();
            if (metric.has("distinct")) {
                metrics.add(new Metric(
                        name,
                        Kind.DISTINCT,
                        metric.get("distinct").path("field").asText()));
            } else if (metric.has("sum")) {
                metrics.add(new Metric(
                        name, Kind.SUM, metric.get("sum").path("field").asText()));
            } else {
                metrics.add(new Metric(name, Kind.COUNT, null));
            }
        }
        return new Window(
                window.path("keyBy").asText(),
                Durations.parse(window.path("tumbling").path("size").asText()),
                metrics);
    }
}
