package io.kafkaflink.job.jdbc;

import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.Timespan;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.types.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects rows and writes them batch by batch: when a batch is full, when its first row has waited long enough, and before
 * every checkpoint. Of the records of a key in one batch only the newest is written.
 */
final class TableWriter implements SinkWriter<Row> {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final long LONGEST_PAUSE = 30_000;

    /** Counts the tries that failed, since the subtask started. */
    static final String FAILED = "failedBatches";

    private final Table table;
    private final ProcessingTimeService timer;
    private final Counter written;
    private final Counter failed;
    private final int size;
    private final long interval;
    private final int retries;
    private final Map<List<Object>, Object[]> batch = new LinkedHashMap<>();
    private boolean timed;

    TableWriter(JdbcSink sink, Table table, ProcessingTimeService timer, SinkWriterMetricGroup metrics) {
        this.table = table;
        this.timer = timer;
        this.written = metrics.getNumRecordsSendCounter();
        this.failed = metrics.counter(FAILED);
        this.size = sink.batchSize();
        this.interval = Timespan.parse(sink.batchInterval()).toMillis();
        this.retries = sink.maxRetries();
    }

    @Override
    public void write(Row row, Context context) throws IOException, InterruptedException {
        Object[] values = table.upsert().values(row);
        batch.put(table.upsert().key(values), values);
        if (batch.size() >= size) {
            writeBatch();
        } else if (!timed) {
            timed = true;
            timer.registerTimer(timer.getCurrentProcessingTime() + interval, time -> {
                timed = false;
                writeBatch();
            });
        }
    }

    /** Called before each checkpoint, which only completes when this has returned. */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writeBatch();
    }

    private void writeBatch() throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        for (int failures = 0; ; failures++) {
            try {
                table.write(batch.values());
                written.inc(batch.size());
                batch.clear();
                return;
            } catch (SQLException e) {
                failed.inc();
                if (failures >= retries) {
                    throw new IOException(
                            table.name() + " cannot be written after " + (failures + 1) + " tries: " + Failure.words(e)
                                    + ". The job begins anew at its last checkpoint; nothing is lost",
                            e);
                }
                Duration pause = pause(failures);
                LOG.warn(
                        "{} cannot be written, tried again in {} s ({} of {}): {}",
                        table.name(),
                        pause.toSeconds(),
                        failures + 1,
                        retries,
                        Failure.words(e));
                Thread.sleep(pause.toMillis());
            }
        }
    }

    /** At once the first time, when maybe only the connection was old; then 1, 2, 4 s and so on. */
    private static Duration pause(int failures) {
        return Duration.ofMillis(failures == 0 ? 0 : Math.min(LONGEST_PAUSE, 1_000L << failures - 1));
    }

    /** What is not written yet is read again by whoever goes on from the last checkpoint. */
    @Override
    public void close() {
        table.close();
    }
}
