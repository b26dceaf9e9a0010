package io.kafkaflink.job.kafka;

import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.types.Row;

/** Writes rows to topics that are known beforehand. */
public interface TopicWriter extends KafkaRecordSerializationSchema<Row> {
    /** Every topic that it may write. */
    List<String> topics();
}
