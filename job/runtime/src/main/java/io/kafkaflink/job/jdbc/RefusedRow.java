package io.kafkaflink.job.jdbc;

import io.kafkaflink.job.kafka.PoisonRecord;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * A record that its table does not take. What was read since the last checkpoint is read again, so that nothing is lost while
 * the job fails at it.
 */
public final class RefusedRow extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private RefusedRow(String message, Throwable cause) {
        super(message, cause);
    }

    static RefusedRow withoutKey(String field, String record) {
        return new RefusedRow(
                "A record cannot be written to a table: found nothing in its field '" + field
                        + "', one of the sink's keyFields, expected a value. Filter such records out" + rest(record),
                null);
    }

    static RefusedRow by(SQLException refusal, String table, String record) {
        return new RefusedRow(
                "A record cannot be written to table " + table + ": " + Failure.words(refusal) + " (SQL state "
                        + refusal.getSQLState() + "). Correct the table, or filter such records out" + rest(record),
                refusal);
    }

    private static String rest(String record) {
        return "; the pipeline waits at this record, and nothing is lost. The record begins with: "
                + PoisonRecord.excerpt(record.getBytes(StandardCharsets.UTF_8));
    }
}
