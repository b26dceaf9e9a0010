package io.kafkaflink.job.line;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.kafka.TopicWriter;
import io.kafkaflink.model.Delivery.TransactionNaming;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.types.Row;
import org.apache.kafka.common.TopicPartition;

/**
 * Connector 5.x: transactional ids may be pooled, so that the broker keeps few of them and a start costs nothing for former
 * checkpoints; what is left open is then found by listing the transactions of the topics.
 */
public final class Flink2Line implements ConnectorLine {
    @Override
    public TransactionNaming naming(TransactionNaming asked) {
        return asked;
    }

    @Override
    public void nameTransactions(KafkaSinkBuilder<Row> builder, TransactionNaming naming) {
        builder.setTransactionNamingStrategy(
                switch (naming) {
                    case Pooling -> TransactionNamingStrategy.POOLING;
                    case Incrementing -> TransactionNamingStrategy.INCREMENTING;
                });
    }

    @Override
    public KafkaRecordSerializationSchema<Row> withTopic(TopicWriter writer) {
        return new TopicRecordWriter(writer);
    }

    @Override
    public Optional<String> uid(OperatorState operator) {
        return operator.getOperatorUid();
    }

    @Override
    public Set<TopicPartition> known(KafkaSourceEnumState state) {
        return Stream.concat(
                        state.assignedSplits().stream(),
                        state.unassignedSplits().stream().filter(split -> !split.isMigrated()))
                .map(KafkaPartitionSplit::getTopicPartition)
                .collect(Collectors.toSet());
    }

    /** Without the partitions that a state of connector 3.x names: it has no offsets for them. */
    @Override
    public Map<TopicPartition, Long> unassigned(int version, byte[] state) throws IOException {
        return new KafkaSourceEnumStateSerializer()
                .deserialize(version, state).unassignedSplits().stream()
                        .filter(split -> !split.isMigrated())
                        .collect(Collectors.toMap(
                                KafkaPartitionSplit::getTopicPartition, KafkaPartitionSplit::getStartingOffset));
    }
}
