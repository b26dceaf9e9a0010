package io.kafkaflink.model;

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
                    "prefix, project, rebalance, filter, flatten, keyedCount, deduplicate, window, sql, custom",
                    transform.prefix(),
                    transform.project(),
                    transform.rebalance(),
                    transform.filter(),
                    transform.flatten(),
                    transform.keyedCount(),
                    transform.deduplicate(),
                    transform.window(),
                    transform.sql(),
                    transform.custom());
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
            case Project -> ProjectionCheck.check(path + ".project", transform.project(), schema, found);
            case Rebalance -> {}
            case Filter ->
                found.expression(path + ".filter.expression", transform.filter().expression(), schema);
            case Flatten -> flatten(path + ".flatten.field", transform.flatten(), schema);
            case KeyedCount -> keyedCount(path + ".keyedCount", transform.keyedCount(), schema);
            case Deduplicate -> {
                eventTime(path + ".deduplicate", "a deduplication");
                deduplicate(path + ".deduplicate", transform.deduplicate(), schema);
            }
            case Window -> {
                eventTime(path + ".window", "a window");
                WindowCheck.check(path + ".window", transform.window(), schema, found);
            }
            case Sql -> {
                eventTime(path + ".sql", "a query");
                sql(path + ".sql", transform.sql(), schema);
            }
            case Custom -> custom(path + ".custom", transform.custom(), schema);
        }
    }

    private void prefix(String path, Transform.Prefix prefix, RecordSchema schema) {
        if (prefix.value() == null) {
            found.present(path + ".value", null, "a text");
        }
        found.field(path + ".field", prefix.field(), schema, FieldType.String);
    }

    private void flatten(String path, Transform.Flatten flatten, RecordSchema schema) {
        List<String> others = schema.names().stream()
                .filter(name -> !name.equals(flatten.field()))
                .toList();
        found.field(path, flatten.field(), schema, FieldType.Array).ifPresent(array -> array.members().names().stream()
                .filter(others::contains)
                .forEach(name -> found.add(
                        path,
                        "members with a field " + Violations.quoted(name) + ", which the record has too",
                        "fields with other names",
                        "rename the record's with a project step before, or declare the members without it")));
    }

    private void keyedCount(String path, Transform.KeyedCount count, RecordSchema schema) {
        found.field(path + ".keyBy", count.keyBy(), schema, FieldType.singles());
        if (found.matches(path + ".as", count.as(), Field.NAME, Field.NAME_SHAPE)) {
            found.newField(path + ".as", count.as(), schema.names());
        }
    }

    private void deduplicate(String path, Transform.Deduplicate deduplicate, RecordSchema schema) {
        found.field(path + ".keyBy", deduplicate.keyBy(), schema, FieldType.singles());
        found.timespan(path + ".within", deduplicate.within());
    }

    private void sql(String path, QueryStep sql, RecordSchema schema) {
        found.present(path + ".query", sql.query(), "a SELECT over table " + QueryStep.INPUT);
        if (schema.find(QueryStep.EVENT_TIME).isPresent()) {
            found.add(
                    path,
                    "a record with a field " + Violations.quoted(QueryStep.EVENT_TIME),
                    "none, because the column of event time has this name",
                    "rename the field with a project step before");
        }
        if (FieldsCheck.check(path + ".fields", sql.fields(), found)) {
            sql.fields().stream()
                    .filter(field -> !field.type().single())
                    .forEach(field -> found.add(
                            path + ".fields",
                            Violations.quoted(field.name()) + " of type Array",
                            "single values",
                            "leave the column out"));
        }
    }

    private void custom(String path, FunctionStep custom, RecordSchema schema) {
        found.matches(path + ".functionClass", custom.functionClass(), FunctionStep.CLASS, "the full name of a class");
        if (custom.keyBy() != null) {
            found.field(path + ".keyBy", custom.keyBy(), schema, FieldType.singles());
        }
        if (custom.fields() != null) {
            FieldsCheck.check(path + ".fields", custom.fields(), found);
        }
    }

    private void eventTime(String path, String step) {
        if (configuration.source().datagen() != null) {
            found.add(path, step + " over generated records", "records with event time", "read a Kafka topic instead");
        }
    }
}
