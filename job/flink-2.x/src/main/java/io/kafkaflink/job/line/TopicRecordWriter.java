package io.kafkaflink.job.line;

import io.kafkaflink.job.kafka.TopicWriter;
import java.io.Serial;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Names its topics to the sink, which lists their transactions when it starts. */
final class TopicRecordWriter implements KafkaRecordSerializationSchema<Row>, KafkaDatasetFacetProvider {
    @Serial
    private static final long serialVersionUID = 1L;

    private final TopicWriter writer;

    TopicRecordWriter(TopicWriter writer) {
        this.writer = writer;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row row, KafkaSinkContext context, Long timestamp) {
        return writer.serialize(row, context, timestamp);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(writer.topics())));
    }
}
