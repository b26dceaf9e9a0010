package io.kafkaflink.job.jdbc;

import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.types.Row;

/**
 * Keeps a table. It has no state: before a checkpoint completes everything before it is committed in the database, and what
 * is written again after a failure is written to the same rows.
 *
 * <p>A connector of Flink's own exists in two libraries for the lines 1.20 and 2.x, with other interfaces, and none is built
 * for 2.1 and 2.2. This needs nothing but the interface that all of them share.
 */
public final class TableSink implements Sink<Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final JdbcSink sink;
    private final Database database;
    private final Upsert upsert;

    /** @param client name of the pipeline, for the database's list of clients */
    public TableSink(JdbcSink sink, RecordSchema schema, String client) {
        this.sink = sink;
        this.database = Database.of(sink, client);
        this.upsert = Upsert.of(sink, schema);
    }

    @Override
    public SinkWriter<Row> createWriter(WriterInitContext context) {
        return new TableWriter(
                sink,
                new Table(sink.table(), database, upsert),
                context.getProcessingTimeService(),
                context.metricGroup());
    }
}
