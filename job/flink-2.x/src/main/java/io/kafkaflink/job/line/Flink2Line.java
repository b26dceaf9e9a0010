package io.kafkaflink.job.line;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.kafka.RecordWriter;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.types.Row;

/**
 * Connector 5.x: transactional ids are pooled, so that the broker keeps few of them and a start costs nothing for
 * former checkpoints; what is left open is found by listing the transactions of the topics.
 */
public final class Flink2Line implements ConnectorLine {
    @Override
    public void nameTransactions(KafkaSinkBuilder<Row> builder) {
        builder.setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
    }

    @Override
    public KafkaRecordSerializationSchema<Row> withTopic(RecordWriter writer) {
        return new TopicRecordWriter(writer);
    }
}
