package io.kafkaflink.job;

import io.kafkaflink.job.kafka.TopicWriter;
import io.kafkaflink.model.Delivery.TransactionNaming;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.types.Row;
import org.apache.kafka.common.TopicPartition;

/** What differs between the lines of Flink and the Kafka connector; one implementation in each job jar. */
public interface ConnectorLine {
    /** How transactional ids are really named where this way was asked for. */
    TransactionNaming naming(TransactionNaming asked);

    /** Chooses how transactional ids are named and what remains of former ones is found. */
    void nameTransactions(KafkaSinkBuilder<Row> builder, TransactionNaming naming);

    /** Lets the sink see the topics of a serializer, where the line needs that to list transactions. */
    KafkaRecordSerializationSchema<Row> withTopic(TopicWriter writer);

    /** The uid that a savepoint keeps of an operator; empty where it only has the operator id. */
    Optional<String> uid(OperatorState operator);

    /**
     * Partitions that the source has found but that no subtask had read yet, with the offset they were to start at.
     *
     * @param state of the Kafka source's enumerator, as its serializer of the given version wrote it
     */
    Map<TopicPartition, Long> unassigned(int version, byte[] state) throws IOException;

    /** All partitions that the source has found, whether a subtask reads them or they wait for one with their offsets. */
    Set<TopicPartition> known(KafkaSourceEnumState state);

    /** The implementation in the job jar. */
    static ConnectorLine onClassPath() {
        return ServiceLoader.load(ConnectorLine.class, ConnectorLine.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new JobRefused(
                        "No " + ConnectorLine.class.getName() + " is on the class path; use the shaded job jar"));
    }
}
