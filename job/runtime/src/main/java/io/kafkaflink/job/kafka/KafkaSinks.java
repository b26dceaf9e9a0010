package io.kafkaflink.job.kafka;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.TextWriter;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
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
        KafkaSinkBuilder<Row> builder = KafkaSink.<Row>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setKafkaProducerConfig(properties(kafka, sink.delivery()))
                .setRecordSerializer(line.withTopic(writer(sink, schema)))
                .setDeliveryGuarantee(guarantee(sink.delivery()));
        if (sink.delivery().guarantee() == Delivery.Guarantee.ExactlyOnce) {
            builder.setTransactionalIdPrefix(sink.transactionalIdPrefix());
            line.nameTransactions(builder, sink.delivery().transactionNaming());
        }
        return builder.build();
    }

    static Properties properties(JobConfiguration.KafkaConnection kafka, Delivery delivery) {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.setProperty("acks", "all");
        // Flink's default of one hour is above the broker's maximum of 15 minutes: the producer would not start.
        properties.setProperty(
                "transaction.timeout.ms",
                String.valueOf(Timespan.parse(delivery.transactionTimeout()).toMillis()));
        return properties;
    }

    static DeliveryGuarantee guarantee(Delivery delivery) {
        return switch (delivery.guarantee()) {
            case ExactlyOnce -> DeliveryGuarantee.EXACTLY_ONCE;
            case AtLeastOnce -> DeliveryGuarantee.AT_LEAST_ONCE;
            case None -> DeliveryGuarantee.NONE;
        };
    }

    static RecordWriter writer(JobConfiguration.KafkaSink sink, RecordSchema schema) {
        TextWriter key = sink.keyField() == null ? null : new TextWriter(schema, sink.keyField());
        return new RecordWriter(sink.topic(), key, Formats.writer(sink.format(), schema));
    }
}
