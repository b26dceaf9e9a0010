package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform.Kind;
import io.kafkaflink.rehearsal.pipeline.Transform.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Between what a metric of one window must lie.
 *
 * @param low from the records that are certainly counted
 * @param high from all records of the window
 */
record Bounds(Metric metric, Number low, Number high) {
    private static final double ROUNDING = 1e-9;
    /** Metrics that do not grow with the number of records; null where no record has a value. */
    private static final Set<Kind> OF_ONE_VALUE = EnumSet.of(Kind.MIN, Kind.MAX, Kind.AVG);

    /** Bounds from the certain and from all records of a window. */
    static Bounds of(Metric metric, List<Row> certain, List<Row> all) {
        Number low = (Number) Interpretation.value(metric, certain);
        if (certain.size() == all.size()) {
            return new Bounds(metric, low, low);
        }
        if (OF_ONE_VALUE.contains(metric.kind())) {
            return new Bounds(
                    metric,
                    (Number) Interpretation.value(new Metric(metric.name(), Kind.MIN, metric.field()), all),
                    (Number) Interpretation.value(new Metric(metric.name(), Kind.MAX, metric.field()), all));
        }
        if (metric.kind() != Kind.SUM) {
            return new Bounds(metric, low, (Number) Interpretation.value(metric, all));
        }
        // Doubtful records may add or take away, so both bounds move by what they could.
        double least = low.doubleValue();
        double most = least;
        List<Row> doubtful = new ArrayList<>(all);
        certain.forEach(doubtful::remove);
        for (Row row : doubtful) {
            if (row.get(metric.field()) instanceof Number number) {
                least += Math.min(0, number.doubleValue());
                most += Math.max(0, number.doubleValue());
            }
        }
        return new Bounds(metric, least, most);
    }

    /** Whether the results of the window, usually one, lie between. */
    boolean hold(List<Row> results) {
        if (OF_ONE_VALUE.contains(metric.kind())) {
            return results.stream().allMatch(result -> between(result.get(metric.name())));
        }
        List<Number> values = new ArrayList<>();
        for (Row result : results) {
            boolean right = metric.kind() == Kind.SUM
                    ? result.get(metric.name()) instanceof Number
                    : result.get(metric.name()) instanceof Long;
            if (!right) {
                return false;
            }
            values.add((Number) result.get(metric.name()));
        }
        double sum = values.stream().mapToDouble(Number::doubleValue).sum();
        double greatest = values.stream().mapToDouble(Number::doubleValue).max().orElse(0);
        // The same visitor may be counted in two results of one window.
        double atMost = metric.kind() == Kind.DISTINCT ? greatest : sum;
        return sum >= low.doubleValue() - slack() && atMost <= high.doubleValue() + slack();
    }

    private boolean between(Object value) {
        if (low == null) {
            return value == null;
        }
        boolean right = metric.kind() == Kind.AVG
                ? value instanceof Double
                : low.getClass().isInstance(value);
        return right
                && ((Number) value).doubleValue() >= low.doubleValue() - slack()
                && ((Number) value).doubleValue() <= high.doubleValue() + slack();
    }

    /** None for whole numbers; the last digits of a Double depend on the order of addition. */
    private double slack() {
        return low instanceof Long && high instanceof Long
                ? 0
                : ROUNDING * Math.max(Math.abs(low.doubleValue()), Math.abs(high.doubleValue()));
    }
}
