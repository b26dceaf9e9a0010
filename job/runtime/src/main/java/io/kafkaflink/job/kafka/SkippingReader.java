package io.kafkaflink.job.kafka;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Leaves out records that cannot be read, counted by the metric {@value #METRIC}. */
final class SkippingReader implements KafkaRecordDeserializationSchema<Row> {
    /** Number of records left out because they cannot be read; of each subtask, from its start on. */
    static final String METRIC = "skipped";

    @Serial
    private static final long serialVersionUID = 1L;

    private final KafkaRecordDeserializationSchema<Row> reader;
    private transient Counter skipped;

    SkippingReader(KafkaRecordDeserializationSchema<Row> reader) {
        this.reader = reader;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        reader.open(context);
        skipped = context.getMetricGroup().counter(METRIC, new SimpleCounter());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) throws IOException {
        try {
            reader.deserialize(record, out);
        } catch (PoisonRecord e) {
            skipped.inc();
        }
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return reader.getProducedType();
    }
}
