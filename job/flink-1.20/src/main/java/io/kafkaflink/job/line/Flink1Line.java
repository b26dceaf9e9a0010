package io.kafkaflink.job.line;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.kafka.TopicWriter;
import io.kafkaflink.model.Delivery.TransactionNaming;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.types.Row;
import org.apache.kafka.common.TopicPartition;

/**
 * Connector 3.x: every checkpoint has transactional ids of its own, and a start tries the ids that may have been left open.
 * Savepoints of Flink 1.20 do not name uids.
 */
public final class Flink1Line implements ConnectorLine {
    @Override
    public TransactionNaming naming(TransactionNaming asked) {
        return TransactionNaming.Incrementing;
    }

    /** There is one way only. */
    @Override
    public void nameTransactions(KafkaSinkBuilder<Row> builder, TransactionNaming naming) {}

    @Override
    public KafkaRecordSerializationSchema<Row> withTopic(TopicWriter writer) {
        return writer;
    }

    @Override
    public Optional<String> uid(OperatorState operator) {
        return Optional.empty();
    }

    /** Without those that wait for their reader: their offsets are looked up again. */
    @Override
    public Set<TopicPartition> known(KafkaSourceEnumState state) {
        return state.assignedPartitions();
    }

    /** The enumerator of 3.x keeps the names of partitions that wait for their reader, without offsets. */
    @Override
    public Map<TopicPartition, Long> unassigned(int version, byte[] state) {
        return Map.of();
    }
}
