package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.RowReader;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.model.TopicPattern;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.common.TopicPartition;

/** The Kafka source of a pipeline. */
public final class KafkaSources {
    private KafkaSources() {}

    /** @param start where partitions without state are read from */
    public static Source<Row, ?, ?> source(JobConfiguration configuration, OffsetsInitializer start) {
        KafkaRecordDeserializationSchema<Row> reader = rows(configuration);
        boolean skips = configuration.source().kafka().errorAction() == OnError.Action.Skip;
        return source(configuration, start, skips ? new SkippingReader(reader) : reader);
    }

    /** Rows, and dead letters of the records that cannot be read. */
    public static Source<Either<Row, Row>, ?, ?> withDeadLetters(
            JobConfiguration configuration, OffsetsInitializer start) {
        return source(configuration, start, new DeadLetterReader(rows(configuration)));
    }

    private static <T> Source<T, ?, ?> source(
            JobConfiguration configuration, OffsetsInitializer start, KafkaRecordDeserializationSchema<T> reader) {
        JobConfiguration.KafkaSource source = configuration.source().kafka();
        KafkaSourceBuilder<T> builder = subscribed(KafkaSource.<T>builder(), source)
                .setBootstrapServers(configuration.kafka().bootstrapServers())
                .setGroupId(source.groupId())
                .setStartingOffsets(start)
                .setDeserializer(reader)
                .setClientIdPrefix(clientIdPrefix(configuration))
                .setProperties(properties(configuration));
        rack(source).ifPresent(builder::setRackIdSupplier);
        return source.stoppingOffsets() == null
                ? builder.build()
                : new EndingSource<>(
                        builder.setBounded(new ResolvedStop(source.stoppingOffsets()))
                                .build(),
                        partitions(source));
    }

    private static <T> KafkaSourceBuilder<T> subscribed(
            KafkaSourceBuilder<T> builder, JobConfiguration.KafkaSource source) {
        if (source.topicPattern() != null) {
            return builder.setTopicPattern(
                    TopicPattern.compile(source.topicPattern()).regex());
        }
        return source.partitions() == null && source.partitionSet() == null
                ? builder.setTopics(source.topics())
                : builder.setPartitions(partitions(source));
    }

    private static Set<TopicPartition> partitions(JobConfiguration.KafkaSource source) {
        Set<TopicPartition> partitions = new HashSet<>();
        if (source.partitionSet() != null) {
            source.partitionSet().forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
            return partitions;
        }
        source.partitions().forEach((topic, count) -> IntStream.range(0, count)
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition))));
        return partitions;
    }

    /** Each source has its own, or two consumers in one JVM would register the same JMX name. */
    static String clientIdPrefix(JobConfiguration configuration) {
        JobConfiguration.SourceClient client = configuration.source().kafka().client();
        if (client != null && client.idPrefix() != null) {
            return client.idPrefix();
        }
        return configuration.namespace() + "." + configuration.name() + "."
                + configuration.uids().source();
    }

    /** Asked where the consumer runs, in each TaskManager. */
    private static Optional<SerializableSupplier<String>> rack(JobConfiguration.KafkaSource source) {
        return Optional.ofNullable(source.client())
                .map(JobConfiguration.SourceClient::rackFromEnv)
                .map(variable -> () -> System.getenv(variable));
    }

    static Properties properties(JobConfiguration configuration) {
        JobConfiguration.KafkaSource source = configuration.source().kafka();
        Properties properties = new Properties();
        properties.putAll(configuration.kafka().properties());
        properties.setProperty("isolation.level", isolationLevel(source.isolationLevel()));
        // The connector's default is off on 1.20 and five minutes on 2.x.
        properties.setProperty(
                "partition.discovery.interval.ms",
                String.valueOf(
                        Timespan.parse(source.partitionDiscoveryInterval()).toMillis()));
        properties.setProperty("commit.offsets.on.checkpoint", "true");
        properties.setProperty("enable.auto.commit", "false");
        if (source.client() != null && Boolean.FALSE.equals(source.client().metrics())) {
            properties.setProperty("register.consumer.metrics", "false");
        }
        return properties;
    }

    /** Where partitions without state are read from. */
    public static OffsetsInitializer startingOffsets(StartingOffsets offsets) {
        return new ResolvedStart(offsets);
    }

    private static String isolationLevel(IsolationLevel level) {
        return switch (level) {
            case ReadCommitted -> "read_committed";
            case ReadUncommitted -> "read_uncommitted";
        };
    }

    private static KafkaRecordDeserializationSchema<Row> rows(JobConfiguration configuration) {
        RecordReader reader = reader(configuration);
        return configuration.keepsSourcePartition()
                ? new PartitionReader(reader, RecordSchema.of(configuration.source()))
                : reader;
    }

    private static RecordReader reader(JobConfiguration configuration) {
        RecordSchema schema = RecordSchema.of(configuration.source());
        RowTypeInfo type = RowTypes.of(schema);
        RowReader reader = Formats.reader(configuration.source().kafka().format(), schema);
        EventTime eventTime = configuration.eventTime();
        return eventTime.timestamp() == EventTime.Timestamp.Field
                ? RecordReader.withTime(reader, type, EventTimes.field(eventTime, schema))
                : RecordReader.of(reader, type);
    }
}
