package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.RowReader;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.Timespan;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.types.Row;
import org.apache.kafka.common.TopicPartition;

/** The Kafka source of a pipeline and the event time of its records. */
public final class KafkaSources {
    private KafkaSources() {}

    /** @param start where partitions without state are read from */
    public static Source<Row, ?, ?> source(JobConfiguration configuration, OffsetsInitializer start) {
        JobConfiguration.KafkaSource source = configuration.source().kafka();
        KafkaSourceBuilder<Row> builder = subscribed(KafkaSource.builder(), source)
                .setBootstrapServers(configuration.kafka().bootstrapServers())
                .setGroupId(source.groupId())
                .setStartingOffsets(start)
                .setDeserializer(reader(configuration))
                .setClientIdPrefix(clientIdPrefix(configuration))
                .setProperties(properties(configuration));
        return source.stoppingOffsets() == null
                ? builder.build()
                : new EndingSource(
                        builder.setBounded(new ResolvedStop(source.stoppingOffsets()))
                                .build(),
                        partitions(source));
    }

    private static KafkaSourceBuilder<Row> subscribed(
            KafkaSourceBuilder<Row> builder, JobConfiguration.KafkaSource source) {
        return source.partitions() == null
                ? builder.setTopics(source.topics())
                : builder.setPartitions(partitions(source));
    }

    private static Set<TopicPartition> partitions(JobConfiguration.KafkaSource source) {
        Set<TopicPartition> partitions = new HashSet<>();
        source.partitions().forEach((topic, count) -> IntStream.range(0, count)
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition))));
        return partitions;
    }

    /** Watermarks are made for each partition in the source, so that a slow partition holds back event time. */
    public static WatermarkStrategy<Row> watermarks(EventTime eventTime, RecordSchema schema) {
        Duration allowance = Timespan.parse(eventTime.maxOutOfOrderness());
        Duration idle = Timespan.parse(eventTime.idleTimeout());
        WatermarkStrategy<Row> strategy = allowance.isZero()
                ? WatermarkStrategy.forMonotonousTimestamps()
                : WatermarkStrategy.forBoundedOutOfOrderness(allowance);
        return switch (eventTime.timestamp()) {
            case Record -> strategy.withIdleness(idle);
            case Field -> {
                int field = schema.indexOf(eventTime.field());
                yield strategy.withTimestampAssigner((row, kafkaTime) -> (Long) row.getField(field))
                        .withIdleness(idle);
            }
        };
    }

    /** Each source has its own, or two consumers in one JVM would register the same JMX name. */
    static String clientIdPrefix(JobConfiguration configuration) {
        return configuration.namespace() + "." + configuration.name() + "."
                + configuration.uids().source();
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

    private static RecordReader reader(JobConfiguration configuration) {
        RecordSchema schema = RecordSchema.of(configuration.source());
        RowTypeInfo type = RowTypes.of(schema);
        RowReader reader = Formats.reader(configuration.source().kafka().format(), schema);
        EventTime eventTime = configuration.eventTime();
        return eventTime.timestamp() == EventTime.Timestamp.Field
                ? RecordReader.withTime(reader, type, schema.indexOf(eventTime.field()))
                : RecordReader.of(reader, type);
    }
}
