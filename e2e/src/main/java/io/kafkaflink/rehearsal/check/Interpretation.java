package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.Transform.Extent;
import io.kafkaflink.rehearsal.pipeline.Transform.Kind;
import io.kafkaflink.rehearsal.pipeline.Transform.Metric;
import io.kafkaflink.rehearsal.pipeline.Transform.Window;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
                throw new UncheckableException(
                        "a step behind a keyedCount, other than prefix and rebalance, depends on the"
                                + " order in which records meet, which the input does not tell");
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
        if (step instanceof Transform.Project project) {
            return records.stream()
                    .map(record -> record.withRow(projected(project, record.row())))
                    .toList();
        }
        if (step instanceof Transform.Flatten flatten) {
            throw new UncheckableException(
                    "the events of a rehearsal have no arrays, so that nothing would come out of a"
                            + " flatten step of " + flatten.field());
        }
        if (step instanceof Transform.Deduplicate) {
            throw new UncheckableException(
                    "which record of a key a deduplicate step keeps depends on the order in which"
                            + " partitions are read, which the input does not tell");
        }
        if (step instanceof Transform.KeyedCount count) {
            return counted(count, records);
        }
        if (step instanceof Transform.Query query) {
            return new QueryResults(query).of(records);
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

    private static Row projected(Transform.Project project, Row row) {
        TreeMap<String, Object> fields = new TreeMap<>();
        for (Transform.Output field : project.fields()) {
            Object value = field.literal() == null ? row.get(field.from()) : field.literal();
            fields.put(field.name(), value instanceof Double number ? (Object) Row.digits(number) : value);
        }
        return new Row(fields);
    }

    /** A result has the time of the last millisecond of its window. */
    private static List<InputRecord> windows(Window window, List<InputRecord> records) {
        List<InputRecord> results = new ArrayList<>();
        Contents.of(window, records)
                .forEach((pane, all) -> results.add(InputRecord.of(
                        0,
                        pane.end() - 1,
                        result(window, pane, all.stream().map(InputRecord::row).toList()))));
        return results;
    }

    /** The record that a window's end brings. */
    static Row result(Window window, Pane pane, List<Row> rows) {
        Row result = bare(window, pane);
        for (Metric metric : window.metrics()) {
            if (metric.kind() != Kind.DURATION) {
                result = result.with(metric.name(), value(metric, rows));
            }
        }
        return result;
    }

    /** What is known of a result without its records: key, bounds, and how long a session was. */
    static Row bare(Window window, Pane pane) {
        Row row = pane.asRow(window);
        for (Metric metric : window.metrics()) {
            if (metric.kind() == Kind.DURATION) {
                long gap = ((Extent.Session) window.extent()).gap().toMillis();
                row = row.with(metric.name(), pane.end() - gap - pane.start());
            }
        }
        return row;
    }

    /** What a metric makes of rows; null where it has no value. */
    static Object value(Metric metric, List<Row> rows) {
        List<Object> values = rows.stream()
                .map(row -> row.get(metric.field() == null ? "" : metric.field()))
                .filter(Objects::nonNull)
                .toList();
        return switch (metric.kind()) {
            case COUNT -> (long) rows.size();
            case DISTINCT -> values.stream().distinct().count();
            case SUM -> sum(values);
            case MIN -> values.stream().min(Interpretation::order).orElse(null);
            case MAX -> values.stream().max(Interpretation::order).orElse(null);
            case AVG ->
                values.isEmpty()
                        ? null
                        : (Object) Row.digits(values.stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .average()
                                .orElseThrow());
            case DURATION -> throw new IllegalArgumentException("a duration is no matter of rows");
        };
    }

    private static int order(Object one, Object other) {
        return one instanceof Long whole ? whole.compareTo((Long) other) : ((Double) one).compareTo((Double) other);
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
