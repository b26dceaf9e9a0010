package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.Transform.Metric;
import io.kafkaflink.rehearsal.pipeline.Transform.Window;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a list of transforms makes of a finite input, by the words of the custom resource. */
public final class Interpretation {
    private Interpretation() {}

    /** Applies the transforms in order; nothing is late. */
    public static List<InputRecord> apply(List<Transform> transforms, List<InputRecord> input) {
        List<InputRecord> records = input;
        boolean counted = false;
        for (Transform step : transforms) {
            if (counted && !(step instanceof Transform.Prefix) && !(step instanceof Transform.Rebalance)) {
                throw new UncheckableException("a filter or window behind a keyedCount depends on the order in which"
                        + " records meet, which the input does not tell");
            }
            records = apply(step, records);
            counted |= step instanceof Transform.KeyedCount;
        }
        return records;
    }

    private static List<InputRecord> apply(Transform step, List<InputRecord> records) {
        if (step instanceof Transform.Prefix prefix) {
            return records.stream().map(record -> prefixed(prefix, record)).toList();
        }
        if (step instanceof Transform.Filter filter) {
            Set<String> fields = records.stream()
                    .flatMap(record -> record.row().fields().keySet().stream())
                    .collect(Collectors.toSet());
            Expression condition = new Expression(filter.expression(), fields);
            return records.stream()
                    .filter(record -> condition.accepts(record.row()))
                    .toList();
        }
        if (step instanceof Transform.KeyedCount count) {
            return counted(count, records);
        }
        if (step instanceof Window window) {
            return windows(window, records);
        }
        return records;
    }

    private static InputRecord prefixed(Transform.Prefix prefix, InputRecord record) {
        Object before = record.row().get(prefix.field());
        return before == null ? record : record.withRow(record.row().with(prefix.field(), prefix.value() + before));
    }

    private static List<InputRecord> counted(Transform.KeyedCount count, List<InputRecord> records) {
        Map<Object, Long> counts = new HashMap<>();
        List<InputRecord> result = new ArrayList<>(records.size());
        for (InputRecord record : records) {
            long now = counts.merge(record.row().get(count.keyBy()), 1L, Long::sum);
            result.add(record.withRow(record.row().with(count.as(), now)));
        }
        return result;
    }

    private static List<InputRecord> windows(Window window, List<InputRecord> records) {
        List<InputRecord> results = new ArrayList<>();
        contents(window, records)
                .forEach((pane, rows) -> results.add(InputRecord.of(0, pane.end(), result(window, pane, rows))));
        return results;
    }

    /** The rows of each key and window. */
    static Map<Pane, List<Row>> contents(Window window, List<InputRecord> records) {
        Map<Pane, List<Row>> panes = new LinkedHashMap<>();
        for (InputRecord record : records) {
            panes.computeIfAbsent(Pane.of(window, record), unseen -> new ArrayList<>())
                    .add(record.row());
        }
        return panes;
    }

    /** The record that a window's end brings. */
    static Row result(Window window, Pane pane, List<Row> rows) {
        Row result = pane.asRow(window);
        for (Metric metric : window.metrics()) {
            result = result.with(metric.name(), value(metric, rows));
        }
        return result;
    }

    static Object value(Metric metric, List<Row> rows) {
        List<Object> values = rows.stream()
                .map(row -> row.get(metric.field() == null ? "" : metric.field()))
                .filter(Objects::nonNull)
                .toList();
        return switch (metric.kind()) {
            case COUNT -> (long) rows.size();
            case DISTINCT -> values.stream().distinct().count();
            case SUM -> sum(values);
        };
    }

    private static Object sum(List<Object> values) {
        if (values.stream().anyMatch(Double.class::isInstance)) {
            return Row.digits(values.stream()
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .sum());
        }
        return values.stream().mapToLong(value -> ((Number) value).longValue()).sum();
    }
}
