package io.kafkaflink.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the steps one after the other, each against the fields that the one before leaves. */
final class TransformCheck {
    private static final String ID = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    private final JobConfiguration configuration;
    private final Violations found;

    private TransformCheck(JobConfiguration configuration, Violations found) {
        this.configuration = configuration;
        this.found = found;
    }

    /** The fields that the sinks receive, when they can be told: behind a broken step nothing is checked twice. */
    static Optional<RecordSchema> check(
            JobConfiguration configuration, Optional<RecordSchema> source, Violations found) {
        return new TransformCheck(configuration, found).steps(source);
    }

    private Optional<RecordSchema> steps(Optional<RecordSchema> source) {
        Set<String> ids = new HashSet<>();
        Optional<RecordSchema> schema = source;
        for (int i = 0; i < configuration.transforms().size(); i++) {
            Transform transform = configuration.transforms().get(i);
            String path = "transforms[" + i + "]";
            int before = found.count();
            if (found.matches(path + ".id", transform.id(), ID, "at most 40 lower-case letters, digits and dashes")
                    && !ids.add(transform.id())) {
                found.add(path + ".id", Violations.quoted(transform.id()) + " again", "a unique id", "rename the step");
            }
            boolean kind = found.exactlyOne(
                    path,
                    "prefix, rebalance, filter, keyedCount, window",
                    transform.prefix(),
                    transform.rebalance(),
                    transform.filter(),
                    transform.keyedCount(),
                    transform.window());
            if (kind && schema.isPresent()) {
                step(path, transform, schema.get());
            }
            schema = found.count() > before ? Optional.empty() : schema.map(fields -> fields.after(transform));
        }
        return schema;
    }

    private void step(String path, Transform transform, RecordSchema schema) {
        switch (transform.kind()) {
            case Prefix -> prefix(path + ".prefix", transform.prefix(), schema);
            case Rebalance -> {}
            case Filter -> filter(path + ".filter.expression", transform.filter(), schema);
            case KeyedCount -> keyedCount(path + ".keyedCount", transform.keyedCount(), schema);
            case Window -> window(path + ".window", transform.window(), schema);
        }
    }

    private void prefix(String path, Transform.Prefix prefix, RecordSchema schema) {
        if (prefix.value() == null) {
            found.present(path + ".value", null, "a text");
        }
        found.field(path + ".field", prefix.field(), schema, FieldType.String);
    }

    private void filter(String path, Transform.Filter filter, RecordSchema schema) {
        if (!found.present(path, filter.expression(), "a CEL expression")) {
            return;
        }
        try {
            FilterExpression.compile(filter.expression(), schema);
        } catch (FilterExpression.InvalidExpression e) {
            found.add(
                    path,
                    Violations.quoted(filter.expression()),
                    "a CEL expression over " + schema.names() + " that yields true or false",
                    "correct it: " + e.getMessage());
        }
    }

    private void keyedCount(String path, Transform.KeyedCount count, RecordSchema schema) {
        found.field(path + ".keyBy", count.keyBy(), schema, FieldType.values());
        if (found.matches(path + ".as", count.as(), Field.NAME, Field.NAME_SHAPE)) {
            newField(path + ".as", count.as(), schema.names());
        }
    }

    private void window(String path, Window window, RecordSchema schema) {
        if (configuration.source().datagen() != null) {
            found.add(path, "a window over generated records", "records with event time", "read a Kafka topic instead");
        }
        found.field(path + ".keyBy", window.keyBy(), schema, FieldType.values());
        if (found.present(path + ".tumbling", window.tumbling(), "a window size")) {
            found.timespan(path + ".tumbling.size", window.tumbling().size());
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
            metric(path + ".metrics[" + i + "]", metrics.get(i), schema, taken);
        }
    }

    private void metric(String path, Metric metric, RecordSchema schema, Set<String> taken) {
        if (found.matches(path + ".name", metric.name(), Field.NAME, Field.NAME_SHAPE)) {
            newField(path + ".name", metric.name(), taken);
            taken.add(metric.name());
        }
        if (!found.exactlyOne(path, "count, distinct, sum", metric.count(), metric.distinct(), metric.sum())) {
            return;
        }
        switch (metric.kind()) {
            case Count -> {}
            case Distinct ->
                found.field(path + ".distinct.field", metric.distinct().field(), schema, FieldType.values());
            case Sum ->
                found.field(path + ".sum.field", metric.sum().field(), schema, FieldType.Long, FieldType.Double);
        }
    }

    private void newField(String path, String name, Collection<String> taken) {
        if (taken.contains(name)) {
            found.add(path, Violations.quoted(name) + ", a field of the record already", "a new name", "rename it");
        }
    }
}
