package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.RowWriter;
import java.io.Serial;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Rows to records of one topic: key from a field or none, the row's timestamp, the partition left to the producer. */
public final class RecordWriter implements KafkaRecordSerializationSchema<Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final RowWriter key;
    private final RowWriter value;

    /** @param key null for records without key */
    RecordWriter(String topic, RowWriter key, RowWriter value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }

    public String topic() {
        return topic;
    }

    /** A row without event time has Flink's lowest timestamp, which Kafka does not take; Kafka then sets the time. */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row row, KafkaSinkContext context, Long timestamp) {
        Long time = timestamp == null || timestamp < 0 ? null : timestamp;
        return new ProducerRecord<>(topic, null, time, key == null ? null : key.write(row), value.write(row));
    }
}
