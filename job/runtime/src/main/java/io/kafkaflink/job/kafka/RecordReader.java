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
    private static final long serialVersionUID = 2L;

    /** Number of skipped records without value. */
    public static final String TOMBSTONES = "skippedTombstones";

    private final RowReader reader;
    private final RowTypeInfo type;
    private final TimeField timeField;
    private transient Counter tombstones;

    private RecordReader(RowReader reader, RowTypeInfo type, TimeField timeField) {
        this.reader = reader;
        this.type = type;
        this.timeField = timeField;
    }

    public static RecordReader of(RowReader reader, RowTypeInfo type) {
        return new RecordReader(reader, type, null);
    }

    /** As {@link #of}; records whose field {@code timeField} is null or no sensible time are poison. */
    static RecordReader withTime(RowReader reader, RowTypeInfo type, TimeField timeField) {
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
            if (timeField != null) {
                timeField.require(row);
            }
            out.collect(row);
        } catch (UnreadableValue e) {
            throw new PoisonRecord(record, e.getMessage());
        }
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return type;
    }
}
