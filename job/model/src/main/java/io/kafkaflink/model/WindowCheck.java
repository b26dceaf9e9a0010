package io.kafkaflink.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a window against the fields that reach it. */
final class WindowCheck {
    /** Each record is kept in all of its windows. */
    private static final long MOST_WINDOWS_A_RECORD = 1_000;

    private final Window window;
    private final RecordSchema schema;
    private final Violations found;

    private WindowCheck(Window window, RecordSchema schema, Violations found) {
        this.window = window;
        this.schema = schema;
        this.found = found;
    }

    static void check(String path, Window window, RecordSchema schema, Violations found) {
        new WindowCheck(window, schema, found).window(path);
    }

    private void window(String path) {
        found.field(path + ".keyBy", window.keyBy(), schema, FieldType.singles());
        if (found.exactlyOne(
                path, "tumbling, sliding, session", window.tumbling(), window.sliding(), window.session())) {
            extent(path);
        }
        if (window.allowedLateness() != null) {
            found.timespan(path + ".allowedLateness", window.allowedLateness());
        }
        List<Metric> metrics = window.metrics();
        if (metrics == null || metrics.isEmpty()) {
            found.add(path + ".metrics", "none", "at least one metric", "add it");
            return;
        }
        Set<String> taken = new HashSet<>();
        taken.add(window.keyBy());
        taken.add(RecordSchema.WINDOW_START);
        taken.add(RecordSchema.WINDOW_END);
        if (RecordSchema.WINDOW_START.equals(window.keyBy()) || RecordSchema.WINDOW_END.equals(window.keyBy())) {
            found.add(
                    path + ".keyBy", Violations.quoted(window.keyBy()), "a name that results do not have", "rename it");
        }
        for (int i = 0; i < metrics.size(); i++) {
            metric(path + ".metrics[" + i + "]", metrics.get(i), taken);
        }
    }

    private void extent(String path) {
        switch (window.kind()) {
            case Tumbling ->
                found.timespan(path + ".tumbling.size", window.tumbling().size());
            case Sliding -> sliding(path + ".sliding", window.sliding());
            case Session ->
                found.timespan(path + ".session.gap", window.session().gap());
        }
    }

    private void sliding(String path, Window.Sliding sliding) {
        Optional<Duration> size = found.timespan(path + ".size", sliding.size());
        Optional<Duration> slide = found.timespan(path + ".slide", sliding.slide());
        if (size.isEmpty() || slide.isEmpty()) {
            return;
        }
        if (slide.get().compareTo(size.get()) > 0) {
            found.add(
                    path + ".slide",
                    sliding.slide(),
                    "at most the size, " + sliding.size(),
                    "shorten it: records between two windows would be in none");
        } else if (size.get().dividedBy(slide.get()) > MOST_WINDOWS_A_RECORD) {
            found.add(
                    path + ".slide",
                    sliding.slide() + " with size " + sliding.size(),
                    "at most " + MOST_WINDOWS_A_RECORD + " windows at a time",
                    "lengthen it: each record is counted in all of them");
        }
    }

    private void metric(String path, Metric metric, Set<String> taken) {
        if (found.matches(path + ".name", metric.name(), Field.NAME, Field.NAME_SHAPE)) {
            found.newField(path + ".name", metric.name(), taken);
            taken.add(metric.name());
        }
        if (!found.exactlyOne(
                path,
                "count, distinct, sum, min, max, avg, duration",
                metric.count(),
                metric.distinct(),
                metric.sum(),
                metric.min(),
                metric.max(),
                metric.avg(),
                metric.duration())) {
            return;
        }
        switch (metric.kind()) {
            case Count -> {}
            case Distinct ->
                found.field(path + ".distinct.field", metric.distinct().field(), schema, FieldType.singles());
            case Sum -> number(path + ".sum.field", metric.sum().field());
            case Min -> number(path + ".min.field", metric.min().field());
            case Max -> number(path + ".max.field", metric.max().field());
            case Avg -> number(path + ".avg.field", metric.avg().field());
            case Duration -> duration(path + ".duration");
        }
    }

    private void number(String path, String field) {
        found.field(path, field, schema, FieldType.Long, FieldType.Double);
    }

    private void duration(String path) {
        if (window.session() == null) {
            found.add(
                    path,
                    "the duration of a window of fixed size",
                    "that of a session",
                    "remove it, or use a session window");
        }
    }
}
