package io.kafkaflink.job.handover;

import io.kafkaflink.job.jdbc.Database;
import io.kafkaflink.job.jdbc.Failure;
import io.kafkaflink.job.jdbc.Table;
import io.kafkaflink.job.jdbc.Upsert;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.RecordSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether the tables that the job keeps are there, fit its records, and may be written. */
record TableChecks(JobConfiguration configuration) {

    List<Finding> findings() {
        return configuration.sinks().stream()
                .filter(sink -> sink.jdbc() != null)
                .flatMap(sink -> finding(sink).stream())
                .toList();
    }

    private Optional<Finding> finding(JobConfiguration.Sink sink) {
        Upsert upsert = Upsert.of(sink.jdbc(), RecordSchema.reaching(configuration, sink.name()));
        String client = configuration.namespace() + "." + configuration.name();
        try (Table table = new Table(sink.jdbc().table(), Database.of(sink.jdbc(), client), upsert)) {
            table.explain();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(unfit(sink, upsert, e));
        }
    }

    /** In the words of the database, which never quotes a password. */
    private static Finding unfit(JobConfiguration.Sink sink, Upsert upsert, SQLException failure) {
        JdbcSink jdbc = sink.jdbc();
        String said = "Sink " + sink.name() + ": table " + jdbc.table() + " of " + address(jdbc) + ": "
                + Failure.words(failure);
        return switch (Failure.of(failure)) {
            case PASSING, NO_DATABASE ->
                Finding.unfit("DatabaseUnreachable", said + ". Check url, network policies and the database");
            case LOGIN -> Finding.unfit("DatabaseDenied", said + ". Check the Secret that secretName names");
            case DENIED -> Finding.unfit("TableDenied", said + ". GRANT SELECT, INSERT, UPDATE on the table");
            case NO_TABLE ->
                Finding.unfit("TableMissing", said + ". Make it, for example: " + upsert.createTable(jdbc.table()));
            case VALUE, UNFIT ->
                Finding.unfit(
                        "TableUnfit",
                        said + ". Change the table or the sink's columns and keyFields; this one would fit: "
                                + upsert.createTable(jdbc.table()));
        };
    }

    /** Without parameters, which say nothing about where the table is. */
    private static String address(JdbcSink sink) {
        return sink.url().replaceFirst("[?].*$", "");
    }
}
