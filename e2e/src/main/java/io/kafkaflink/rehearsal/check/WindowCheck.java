package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.Transform.Extent;
import io.kafkaflink.rehearsal.pipeline.Transform.Metric;
import io.kafkaflink.rehearsal.pipeline.Transform.Window;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Compares the results of windows with the input, as a multiset, without knowing how far each subtask's clock was.
 *
 * <p>A record is certainly on time when a window of its ends after the newest event time its own partition held before it,
 * minus the allowed out-of-orderness: event time is the minimum over all partitions, so it cannot be ahead of that one.
 * This holds through restarts (event time then starts over) and growth (a new partition starts over too), as long as the
 * job reads a partition from its first record on. When every record of a window is certainly on time, the window has
 * exactly one right result. A record that is not may be counted, or be late, or come after a restart, which has
 * forgotten that its window was over: then it makes a further result. The results of its window together must lie
 * between what is certain and what was sent, and over all windows counted + late = in.
 */
public final class WindowCheck {
    private final Window window;
    private final long allowance;
    private final Map<Pane, List<InputRecord>> everything;

    /**
     * Prepares the expectation.
     *
     * @param transforms with the window as their last one
     * @param maxOutOfOrderness the smallest that was in force while the pipeline ran
     * @param input all records but those that only move event time on, see {@link InputRecord#inOrder}
     */
    public WindowCheck(List<Transform> transforms, Duration maxOutOfOrderness, List<InputRecord> input) {
        int last = transforms.size() - 1;
        if (last < 0 || !(transforms.get(last) instanceof Window found)) {
            throw new UncheckableException("a window must be the last transform to be checked");
        }
        window = found;
        allowance = maxOutOfOrderness.toMillis();
        everything = Contents.of(window, Interpretation.apply(transforms.subList(0, last), input));
        if (doubtful() > 0
                && (window.extent() instanceof Extent.Session
                        || !window.lateness().isZero())) {
            throw new UncheckableException(
                    doubtful() + " events may come too late for their window, depending on how fast"
                            + " each partition is read; sessions and windows with allowedLateness can be checked without such"
                            + " events only. Raise spec.eventTime.maxOutOfOrderness, or give events in better order with --input");
        }
    }

    /** Number of windows that certainly have a result. */
    public int windows() {
        return certain().size();
    }

    /** Records that may be late for a window of theirs, depending on how fast each partition is read. */
    public long doubtful() {
        return inWindows() - certain().values().stream().mapToLong(List::size).sum();
    }

    /** How many records there are in all windows; one that is in two counts twice. */
    private long inWindows() {
        return everything.values().stream().mapToLong(List::size).sum();
    }

    /**
     * Compares.
     *
     * @param in records that went into the pipeline, for the report
     * @param output all records that came out
     * @param late records the job says it dropped as late; empty when unknown
     */
    public Verdict compare(long in, List<Row> output, OptionalLong late) {
        Map<Pane, List<Row>> certain = certain();
        Map<Pane, List<Row>> results = new LinkedHashMap<>();
        output.forEach(row -> results.computeIfAbsent(Pane.ofResult(window, row), unseen -> new ArrayList<>())
                .add(row));
        Tally tally = new Tally();
        everything.forEach((pane, records) -> tally.judge(
                pane,
                certain.getOrDefault(pane, List.of()),
                records.stream().map(InputRecord::row).toList(),
                results.getOrDefault(pane, List.of())));
        results.forEach((pane, rows) -> {
            if (!everything.containsKey(pane)) {
                tally.unexplained.addAll(rows);
            }
        });
        return tally.verdict(in, output, late);
    }

    private Map<Pane, List<Row>> certain() {
        Map<Pane, List<Row>> certain = new LinkedHashMap<>();
        everything.forEach((pane, records) -> {
            List<Row> rows = records.stream()
                    .filter(record -> onTime(record, pane))
                    .map(InputRecord::row)
                    .toList();
            if (!rows.isEmpty()) {
                certain.put(pane, rows);
            }
        });
        return certain;
    }

    /**
     * A session is over a gap behind its newest record so far, so that a record that is late for that part may still be on
     * time for its own window: what is certain is a record that is not behind event time itself.
     */
    private boolean onTime(InputRecord record, Pane pane) {
        long until = window.extent() instanceof Extent.Session ? record.eventTime() : pane.end();
        return until > record.newestBefore() - allowance;
    }

    /** Counts while windows are judged. */
    private final class Tally {
        private long right;
        private long repeats;
        private final List<Pane> missing = new ArrayList<>();
        private final List<Pane> repeated = new ArrayList<>();
        private final List<String> different = new ArrayList<>();
        private final List<Row> unexplained = new ArrayList<>();

        void judge(Pane pane, List<Row> atLeast, List<Row> atMost, List<Row> results) {
            if (results.isEmpty()) {
                if (!atLeast.isEmpty()) {
                    missing.add(pane);
                }
                return;
            }
            int doubtful = atMost.size() - atLeast.size();
            int surplus = Math.max(0, results.size() - 1 - doubtful);
            boolean explained = explains(pane, atLeast, atMost, results.subList(0, results.size() - surplus));
            if (!explained) {
                different.add(results.get(0) + " instead of " + Interpretation.result(window, pane, atMost));
            }
            if (surplus > 0) {
                repeats += surplus;
                repeated.add(pane);
            }
            right += explained && surplus == 0 ? 1 : 0;
        }

        Verdict verdict(long in, List<Row> output, OptionalLong late) {
            Faults faults = new Faults();
            faults.add(missing.size(), "windows without result", missing);
            faults.add(repeats, "results more than one for a window", repeated);
            faults.add(different.size(), "windows with wrong numbers", different);
            faults.add(unexplained.size(), "results that no input explains", unexplained);
            balance(output, late, faults);
            return new Verdict(
                    in,
                    output.size(),
                    missing.size(),
                    repeats,
                    OptionalLong.empty(),
                    different.size() + unexplained.size(),
                    OptionalLong.of(right),
                    OptionalLong.of((long) missing.size() + repeated.size() + different.size() + unexplained.size()),
                    faults.lines());
        }
    }

    private void balance(List<Row> output, OptionalLong late, Faults faults) {
        String count = window.metrics().stream()
                .filter(metric -> metric.kind() == Transform.Kind.COUNT)
                .map(Metric::name)
                .findFirst()
                .orElse(null);
        boolean overlapping =
                window.extent() instanceof Extent.Sized sized && !sized.size().equals(sized.slide());
        // A record that is late for some of its windows only is missed there without being counted as late.
        if (count == null || late.isEmpty() || overlapping && doubtful() > 0) {
            return;
        }
        long counted = output.stream()
                .mapToLong(row -> row.get(count) instanceof Long number ? number : 0)
                .sum();
        if (counted + late.getAsLong() != inWindows()) {
            faults.add("records that reached the window: " + inWindows() + ", counted in results: " + counted
                    + ", late by the job's own count: " + late.getAsLong() + "; in = counted + late does not hold");
        }
    }

    private boolean explains(Pane pane, List<Row> atLeast, List<Row> atMost, List<Row> results) {
        Row bare = Interpretation.bare(window, pane);
        for (Row result : results) {
            Row rest = result;
            for (Metric metric : ofRecords()) {
                rest = rest.without(metric.name());
            }
            if (!rest.equals(bare)) {
                return false;
            }
        }
        return ofRecords().stream()
                .allMatch(metric -> Bounds.of(metric, atLeast, atMost).hold(results));
    }

    /** The metrics that are not a matter of the bounds. */
    private List<Metric> ofRecords() {
        return window.metrics().stream()
                .filter(metric -> metric.kind() != Transform.Kind.DURATION)
                .toList();
    }
}
