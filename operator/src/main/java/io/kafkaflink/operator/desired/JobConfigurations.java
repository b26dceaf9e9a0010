package io.kafkaflink.operator.desired;

import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.RecordTimestamp;
import io.kafkaflink.model.SourcePartition;
import io.kafkaflink.operator.api.v1alpha1.JdbcSpec;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the job is told, from the spec. */
public final class JobConfigurations {
    private JobConfigurations() {}

    /**
     * @param access where Kafka is; null when neither source nor sink is Kafka
     * @param groupId null for a generator source
     * @param partitions number of partitions to read of each source topic, empty to read all
     */
    public static JobConfiguration of(
            PipelineId pipeline,
            PipelineSpec spec,
            KafkaAccess access,
            String groupId,
            Uids uids,
            Map<String, Integer> partitions,
            OperatorDefaults defaults) {
        return new JobConfiguration(
                JobConfiguration.FORMAT_VERSION,
                pipeline.namespace(),
                pipeline.name(),
                spec.flink().flinkVersion(),
                spec.flink().connectorVersion(),
                spec.kafka() == null ? null : connection(access, spec.kafka()),
                source(spec.source(), groupId, partitions),
                spec.eventTime(),
                spec.transforms(),
                sinks(pipeline, spec, defaults),
                uids);
    }

    /** The listener's certificates become a truststore in the properties themselves; public certificates are no secret. */
    private static KafkaConnection connection(KafkaAccess access, KafkaSpec kafka) {
        Map<String, String> all = new TreeMap<>(kafka.properties());
        all.putAll(KafkaSecurity.properties(kafka, access.certificates()));
        return new KafkaConnection(access.bootstrapServers(), all);
    }

    private static JobConfiguration.Source source(SourceSpec source, String groupId, Map<String, Integer> partitions) {
        SourceSpec.Kafka kafka = source.kafka();
        if (kafka == null) {
            return new JobConfiguration.Source(null, source.datagen());
        }
        return new JobConfiguration.Source(
                new JobConfiguration.KafkaSource(
                        kafka.partitions() == null ? names(kafka.topics()) : topicsOf(kafka.partitions()),
                        groupId,
                        kafka.startingOffsets(),
                        kafka.format(),
                        kafka.isolationLevel(),
                        kafka.partitionDiscoveryInterval(),
                        partitions.isEmpty() ? null : partitions,
                        source.ends() ? kafka.stoppingOffsets() : null,
                        kafka.onError().equals(OnError.FAIL) ? null : kafka.onError(),
                        client(kafka),
                        kafka.topicPattern(),
                        kafka.partitions() == null ? null : sorted(kafka.partitions())),
                null);
    }

    /** Null when it is like all others, as in configurations of operators that did not ask. */
    private static JobConfiguration.SourceClient client(SourceSpec.Kafka kafka) {
        boolean metrics = kafka.registerConsumerMetrics();
        return kafka.clientIdPrefix() == null && kafka.rackFromEnv() == null && metrics
                ? null
                : new JobConfiguration.SourceClient(
                        kafka.clientIdPrefix(), kafka.rackFromEnv(), metrics ? null : false);
    }

    /** In an order of their own, since theirs means nothing. */
    private static List<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::name).sorted().toList();
    }

    private static List<String> topicsOf(List<SourcePartition> partitions) {
        return partitions.stream()
                .map(SourcePartition::topic)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<SourcePartition> sorted(List<SourcePartition> partitions) {
        return partitions.stream().sorted(SourcePartition.ORDER).toList();
    }

    private static List<Sink> sinks(PipelineId pipeline, PipelineSpec spec, OperatorDefaults defaults) {
        return spec.sinks().stream()
                .sorted(Comparator.comparing(SinkSpec::name))
                .map(sink -> sink(pipeline, sink, defaults))
                .toList();
    }

    private static Sink sink(PipelineId pipeline, SinkSpec sink, OperatorDefaults defaults) {
        SinkSpec.Kafka kafka = sink.kafka();
        JobConfiguration.KafkaSink topic = kafka == null
                ? null
                : new JobConfiguration.KafkaSink(
                        kafka.topic() == null ? null : kafka.topic().name(),
                        kafka.format(),
                        kafka.keyField(),
                        kafka.delivery(),
                        TransactionalIdPrefixes.of(pipeline, sink.name(), defaults),
                        kafka.headers(),
                        kafka.topicField(),
                        kafka.topics() == null ? null : names(kafka.topics()),
                        kafka.timestamp() == RecordTimestamp.EventTime ? null : kafka.timestamp(),
                        kafka.timestampField(),
                        kafka.partitioner() == Partitioning.Default ? null : kafka.partitioner(),
                        kafka.partitionerClass(),
                        kafka.tombstoneWhen());
        return new Sink(sink.name(), topic, sink.print(), sink.discard(), table(sink));
    }

    private static JdbcSink table(SinkSpec sink) {
        JdbcSpec jdbc = sink.jdbc();
        return jdbc == null
                ? null
                : new JdbcSink(
                        jdbc.url(),
                        jdbc.table(),
                        jdbc.keyFields(),
                        jdbc.columns(),
                        jdbc.secretName() == null ? null : SinkSecrets.folder(sink.name()),
                        jdbc.batchSize(),
                        jdbc.batchInterval(),
                        jdbc.maxRetries());
    }
}
