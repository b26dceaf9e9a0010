package io.kafkaflink.job;

import io.kafkaflink.job.kafka.RecordWriter;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.types.Row;

/** What differs between the lines of Flink and the Kafka connector; one implementation in each job jar. */
public interface ConnectorLine {
    /** Chooses how transactional ids are named and what remains of former ones is found. */
    void nameTransactions(KafkaSinkBuilder<Row> builder);

    /** Lets the sink see the topic of a serializer, where the line needs that to list transactions. */
    KafkaRecordSerializationSchema<Row> withTopic(RecordWriter writer);
}
