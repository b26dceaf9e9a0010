package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.EventTime.FieldFormat;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A reader of Kafka records as a job opens it, with what it emitted and counted. */
final class ReadRecords<T> implements DeserializationSchema.InitializationContext {
    final List<T> out = new ArrayList<>();

    private final KafkaRecordDeserializationSchema<T> reader;
    private final Map<String, Counter> counters = new HashMap<>();

    private ReadRecords(KafkaRecordDeserializationSchema<T> reader) throws Exception {
        this.reader = reader;
        reader.open(this);
    }

    static ReadRecords<Row> failing(Format format, String timeField) throws Exception {
        return new ReadRecords<>(reader(format, timeField));
    }

    static ReadRecords<Row> skipping(Format format, String timeField) throws Exception {
        return new ReadRecords<>(new SkippingReader(reader(format, timeField)));
    }

    static ReadRecords<Either<Row, Row>> deadLettering(Format format, String timeField) throws Exception {
        return new ReadRecords<>(new DeadLetterReader(reader(format, timeField)));
    }

    static <T> ReadRecords<T> opened(KafkaRecordDeserializationSchema<T> reader) throws Exception {
        return new ReadRecords<>(reader);
    }

    private static RecordReader reader(Format format, String timeField) {
        RecordSchema schema = RecordSchema.readBy(format);
        return timeField == null
                ? RecordReader.of(Formats.reader(format, schema), RowTypes.of(schema))
                : RecordReader.withTime(
                        Formats.reader(format, schema),
                        RowTypes.of(schema),
                        new TimeField(schema.indexOf(timeField), timeField, FieldFormat.EpochMillis));
    }

    void read(ConsumerRecord<byte[], byte[]> record) throws IOException {
        reader.deserialize(record, new ListCollector<>(out));
    }

    long count(String metric) {
        return counters.get(metric).getCount();
    }

    @Override
    public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup() {
            @Override
            public <C extends Counter> C counter(String name, C counter) {
                counters.put(name, counter);
                return counter;
            }
        };
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        throw new UnsupportedOperationException("no reader asks for it");
    }
}
