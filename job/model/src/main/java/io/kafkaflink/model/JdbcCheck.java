package io.kafkaflink.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a sink that keeps a table, as far as it can be judged without the database. */
final class JdbcCheck {
    private static final Pattern SECRETS = Pattern.compile(JdbcSink.URL_SECRETS);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    private static final String COLUMN_SHAPE =
            "a column name: at most 63 letters, digits and underscores, not starting with a digit";

    private final String path;
    private final JdbcSink sink;
    private final Violations found;

    private JdbcCheck(String path, JdbcSink sink, Violations found) {
        this.path = path;
        this.sink = sink;
        this.found = found;
    }

    /** @param schema the fields that reach the sink, when they can be told */
    static void check(String path, JdbcSink sink, Optional<RecordSchema> schema, Violations found) {
        JdbcCheck check = new JdbcCheck(path, sink, found);
        check.url();
        found.matches(
                path + ".table",
                sink.table(),
                JdbcSink.TABLE,
                "a table, or a schema and a table, as in clicks or reports.clicks, of letters, digits and underscores");
        check.keys(schema);
        schema.ifPresent(check::columns);
        if (sink.credentialsFolder() != null && !sink.credentialsFolder().matches("^/[^ ]+$")) {
            found.add(
                    path + ".credentialsFolder",
                    Violations.quoted(sink.credentialsFolder()),
                    "an absolute path",
                    "change it");
        }
        check.bounds();
    }

    /** Never quoted: people put passwords into it. */
    private void url() {
        if (!found.present(path + ".url", sink.url())) {
            return;
        }
        if (SECRETS.matcher(sink.url()).find()) {
            found.add(
                    path + ".url",
                    "a user or a password",
                    "an address without them",
                    "put them into a Secret with the keys " + JdbcSink.USERNAME + " and " + JdbcSink.PASSWORD
                            + ", name it in secretName, and consider the password disclosed");
        } else if (!sink.url().matches(JdbcSink.URL)) {
            found.add(
                    path + ".url",
                    "another form",
                    "jdbc:postgresql://host:port/database, without user and password",
                    "change it");
        }
    }

    private void keys(Optional<RecordSchema> schema) {
        if (sink.keyFields().isEmpty()) {
            found.add(path + ".keyFields", "none", "the fields that name a row", "add them");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sink.keyFields().size(); i++) {
            String here = path + ".keyFields[" + i + "]";
            String field = sink.keyFields().get(i);
            if (!seen.add(field)) {
                found.add(here, Violations.quoted(field) + " again", "each field once", "remove it");
            } else if (schema.isPresent()) {
                found.field(here, field, schema.get(), FieldType.singles());
            }
        }
    }

    private void columns(RecordSchema schema) {
        if (sink.columns() != null) {
            sink.columns().keySet().stream()
                    .filter(field -> schema.find(field).isEmpty())
                    .forEach(field -> found.add(
                            path + ".columns." + field,
                            "no field " + Violations.quoted(field),
                            "one of " + schema.names(),
                            "correct the name or declare the field"));
        }
        Map<String, String> owners = new HashMap<>();
        for (Field field : schema.fields()) {
            String here = path + ".columns." + field.name();
            if (!field.type().single()) {
                found.add(
                        path,
                        Violations.quoted(field.name()) + " of type " + field.type(),
                        "fields of single values, which a column takes",
                        "leave it out with a project step, or make records of its members with a flatten step");
                continue;
            }
            String column = sink.column(field.name());
            String other = owners.putIfAbsent(column, field.name());
            if (found.matches(here, column, JdbcSink.COLUMN, COLUMN_SHAPE) && other != null) {
                found.add(
                        here,
                        "column " + Violations.quoted(column) + ", which has the field " + Violations.quoted(other),
                        "a column of its own",
                        "name another one");
            }
        }
    }

    private void bounds() {
        within(".batchSize", sink.batchSize(), 1, JdbcSink.LARGEST_BATCH);
        within(".maxRetries", sink.maxRetries(), 0, JdbcSink.MOST_RETRIES);
        found.timespan(path + ".batchInterval", sink.batchInterval())
                .filter(span -> span.compareTo(LONGEST_INTERVAL) > 0)
                .ifPresent(
                        span -> found.add(path + ".batchInterval", sink.batchInterval(), "at most 1h", "shorten it"));
    }

    private void within(String member, int value, long least, long most) {
        if (value < least || value > most) {
            found.add(path + member, String.valueOf(value), least + " to " + most, "change it");
        }
    }
}
