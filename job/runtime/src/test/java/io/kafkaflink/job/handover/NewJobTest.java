package io.kafkaflink.job.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.kafka.TopicWriter;
import io.kafkaflink.model.Delivery.TransactionNaming;
import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.types.Row;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NewJobTest {
    @Test
    @DisplayName("every topic that a sink may write is asked for, to be read too where its transactions are listed")
    void topics() throws Exception {
        String routed = "topicField: value, topics: [a, b], topic: rest, format: {string: {}}";

        assertThat(job("{" + routed + "}").topics(List.of()))
                .containsExactly(use("rest", WRITE, READ), use("a", WRITE, READ), use("b", WRITE, READ));
        assertThat(job("{" + routed + ", delivery: {guarantee: AtLeastOnce}}").topics(List.of()))
                .containsExactly(use("rest", WRITE), use("a", WRITE), use("b", WRITE));
        assertThat(job("{topic: one, delivery: {transactionNaming: Incrementing}}")
                        .topics(List.of()))
                .containsExactly(use("one", WRITE));
    }

    @Test
    @DisplayName("the topics that are read are asked for too, whether they are named or found")
    void read() throws Exception {
        assertThat(job("{topic: one, delivery: {guarantee: AtLeastOnce}}").topics(List.of("in")))
                .containsExactly(use("in", READ), use("one", WRITE));
    }

    @Test
    @DisplayName("topics that are written partition by partition are known, others are not among them")
    void mirrored() throws Exception {
        assertThat(job("{topic: one, partitioner: SourcePartition}").mirroredTopics())
                .containsExactly("one");
        assertThat(job("{topic: one, partitioner: Fixed}").mirroredTopics()).isEmpty();
    }

    private static KafkaChecks.Use use(String topic, AclOperation... operations) {
        return new KafkaChecks.Use(topic, Set.of(operations));
    }

    private static NewJob job(String sink) throws InvalidJobConfiguration {
        String yaml = "formatVersion: 1\nsource: {datagen: {recordsPerSecond: 1}}\nsinks: [{name: main, kafka: " + sink
                + "}]\nuids: {source: source-1, sinks: {main: sink-main-1}}\n";
        return new NewJob(
                JobConfigurationYaml.read(yaml.getBytes(UTF_8)),
                List.of(),
                List.of(),
                new Configuration(),
                "2.2.1",
                "5.0.0-2.2",
                new Line());
    }

    /** Names transactions as it is asked to. */
    private static final class Line implements ConnectorLine {
        @Override
        public TransactionNaming naming(TransactionNaming asked) {
            return asked;
        }

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

        @Override
        public Map<TopicPartition, Long> unassigned(int version, byte[] state) {
            return Map.of();
        }

        @Override
        public Set<TopicPartition> known(KafkaSourceEnumState state) {
            return Set.of();
        }
    }
}
