package io.kafkaflink.job.kafka;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Timespan;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.types.Row;

/** The Kafka sinks of a pipeline. */
public final class KafkaSinks {
    private KafkaSinks() {}

    public static KafkaSink<Row> sink(
            JobConfiguration.KafkaConnection kafka,
            JobConfiguration.KafkaSink sink,
            RecordSchema schema,
            ConnectorLine line) {
        return sink(kafka, sink, properties(kafka, sink), new RecordWriter(sink, schema), line);
    }

    /**
     * The sink for dead letters. The limits of its topic alone decide how long they may be: the producer's own would stop the
     * job at a record that Kafka has taken before.
     */
    public static KafkaSink<Row> deadLetters(
            JobConfiguration.KafkaConnection kafka, JobConfiguration.KafkaSink sink, ConnectorLine line) {
        Properties properties = properties(kafka, sink);
        properties.putIfAbsent("max.request.size", String.valueOf(Integer.MAX_VALUE));
        return sink(kafka, sink, properties, new DeadLetterWriter(sink.topic()), line);
    }

    private static KafkaSink<Row> sink(
            JobConfiguration.KafkaConnection kafka,
            JobConfiguration.KafkaSink sink,
            Properties properties,
            TopicWriter writer,
            ConnectorLine line) {
        KafkaSinkBuilder<Row> builder = KafkaSink.<Row>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(line.withTopic(writer))
                .setDeliveryGuarantee(guarantee(sink.delivery()));
        if (sink.delivery().guarantee() == Delivery.Guarantee.ExactlyOnce) {
            builder.setTransactionalIdPrefix(sink.transactionalIdPrefix());
            line.nameTransactions(builder, sink.delivery().transactionNaming());
        }
        return builder.build();
    }

    static Properties properties(JobConfiguration.KafkaConnection kafka, JobConfiguration.KafkaSink sink) {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.setProperty("acks", "all");
        // Flink's default of one hour is above the broker's maximum of 15 minutes: the producer would not start.
        properties.setProperty(
                "transaction.timeout.ms",
                String.valueOf(
                        Timespan.parse(sink.delivery().transactionTimeout()).toMillis()));
        if (sink.partitioner() == Partitioning.Custom) {
            properties.setProperty(PartitionerClass.PROPERTY, PartitionerClass.require(sink.partitionerClass()));
        }
        return properties;
    }

    static DeliveryGuarantee guarantee(Delivery delivery) {
        return switch (delivery.guarantee()) {
            case ExactlyOnce -> DeliveryGuarantee.EXACTLY_ONCE;
            case AtLeastOnce -> DeliveryGuarantee.AT_LEAST_ONCE;
            case None -> DeliveryGuarantee.NONE;
        };
    }
}
