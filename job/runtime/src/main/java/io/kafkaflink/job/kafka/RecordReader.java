package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.RowReader;
import io.kafkaflink.job.format.UnreadableValue;
import java.io.Serial;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Kafka records to rows. A record without value (a tombstone) carries none in most formats and is skipped, counted by
 * the metric {@value #TOMBSTONES}; one that cannot be read fails the job with {@link PoisonRecord}.
 */
public final class RecordReader implements KafkaRecordDeserializationSchema<Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Number of skipped records without value. */
    public static final String TOMBSTONES = "skippedTombstones";

    /** The range of a date in ECMAScript, 285,616 years around 1970: beyond it window bounds would overflow. */
    private static final long LATEST_TIME = 8_640_000_000_000_000L;

    private static final int NO_FIELD = -1;

    private final RowReader reader;
    private final RowTypeInfo type;
    private final int timeField;
    private transient Counter tombstones;

    private RecordReader(RowReader reader, RowTypeInfo type, int timeField) {
        this.reader = reader;
        this.type = type;
        this.timeField = timeField;
    }

    public static RecordReader of(RowReader reader, RowTypeInfo type) {
        return new RecordReader(reader, type, NO_FIELD);
    }

    /** As {@link #of}; records whose Long field {@code timeField} is null or no sensible time are poison. */
    public static RecordReader withTime(RowReader reader, RowTypeInfo type, int timeField) {
        return new RecordReader(reader, type, timeField);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        tombstones = context.getMetricGroup().counter(TOMBSTONES, new SimpleCounter());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) throws PoisonRecord {
        if (record.value() == null && !reader.readsTombstones()) {
            tombstones.inc();
            return;
        }
        try {
            Row row = reader.read(record);
            if (timeField != NO_FIELD) {
                requireTime(row);
            }
            out.collect(row);
        } catch (UnreadableValue e) {
            throw new PoisonRecord(record, e.getMessage());
        }
    }

    private void requireTime(Row row) throws UnreadableValue {
        Long time = (Long) row.getField(timeField);
        if (time == null || time > LATEST_TIME || time < -LATEST_TIME) {
            throw new UnreadableValue("found " + (time == null ? "nothing" : time) + " in the event-time field '"
                    + type.getFieldNames()[timeField] + "', expected epoch milliseconds");
        }
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return type;
    }
}
