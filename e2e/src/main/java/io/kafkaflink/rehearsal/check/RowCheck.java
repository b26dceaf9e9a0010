package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the output of a pipeline without windows with its input, as a multiset. Where records are counted per key,
 * which record got which count depends on the order in which they met; the counts of a key must still be 1, 2, 3 … n.
 */
public final class RowCheck {
    private final Optional<Transform.KeyedCount> counting;
    private final List<Row> expected;

    /** Prepares the expectation for transforms without a window, of a sink that writes every value. */
    public RowCheck(List<Transform> transforms, List<InputRecord> input) {
        this(transforms, input, Optional.empty());
    }

    /** Prepares the expectation for transforms without a window. */
    public RowCheck(List<Transform> transforms, List<InputRecord> input, Optional<Shape.Tombstones> tombstones) {
        counting = transforms.stream()
                .filter(Transform.KeyedCount.class::isInstance)
                .map(Transform.KeyedCount.class::cast)
                .findFirst();
        List<Row> rows = Interpretation.apply(transforms, input).stream()
                .map(InputRecord::row)
                .toList();
        expected = tombstones.map(some -> written(some, rows)).orElse(rows);
    }

    private static List<Row> written(Shape.Tombstones tombstones, List<Row> rows) {
        Set<String> fields =
                rows.stream().flatMap(row -> row.fields().keySet().stream()).collect(Collectors.toSet());
        Expression condition = new Expression(tombstones.when(), fields);
        return rows.stream()
                .map(row -> condition.accepts(row) ? Row.ofTombstone(row.get(tombstones.keyField())) : row)
                .toList();
    }

    /** Number of records that must come out. */
    public int size() {
        return expected.size();
    }

    /** Compares all records that came out. */
    public Verdict compare(long in, List<Row> output) {
        Map<Row, Integer> open = new HashMap<>();
        expected.forEach(row -> open.merge(uncounted(row), 1, Integer::sum));
        List<Row> duplicated = new ArrayList<>();
        List<Row> unexplained = new ArrayList<>();
        for (Row row : output) {
            Integer left = open.get(uncounted(row));
            if (left == null) {
                unexplained.add(row);
            } else if (left == 0) {
                duplicated.add(row);
            } else {
                open.put(uncounted(row), left - 1);
            }
        }
        List<Row> lost = open.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
        long missing = open.values().stream().mapToLong(Integer::longValue).sum();
        List<String> miscounted =
                counting.map(count -> miscounted(count, output)).orElse(List.of());
        Faults faults = new Faults();
        faults.add(missing, "records lost", lost);
        faults.add(duplicated.size(), "records duplicated", duplicated);
        faults.add(unexplained.size(), "records that no input explains", unexplained);
        faults.add(miscounted.size(), "wrong counts per key", miscounted);
        return new Verdict(
                in,
                output.size(),
                missing,
                duplicated.size(),
                OptionalLong.empty(),
                (long) unexplained.size() + miscounted.size(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                faults.lines());
    }

    private Row uncounted(Row row) {
        return counting.map(count -> row.without(count.as())).orElse(row);
    }

    private static List<String> miscounted(Transform.KeyedCount count, List<Row> output) {
        Map<Object, List<Long>> counts = new HashMap<>();
        for (Row row : output) {
            long value = row.get(count.as()) instanceof Long number ? number : 0;
            counts.computeIfAbsent(row.get(count.keyBy()), unseen -> new ArrayList<>())
                    .add(value);
        }
        List<String> wrong = new ArrayList<>();
        counts.forEach((key, values) -> {
            List<Long> sorted = values.stream().sorted().toList();
            for (int i = 0; i < sorted.size(); i++) {
                if (sorted.get(i) != i + 1) {
                    wrong.add(count.as() + " " + sorted.get(i) + " of key " + key + " in place of " + (i + 1));
                    break;
                }
            }
        });
        return wrong;
    }
}
