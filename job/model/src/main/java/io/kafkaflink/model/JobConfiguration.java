package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything the Flink job is told: rendered by the operator as canonical YAML into the ConfigMap of a revision, mounted
 * into the JobManager, checked against {@code --config-hash} (SHA-256 of the file, hex) and executed by the job.
 *
 * @param formatVersion version of this shape, currently 1
 * @param namespace namespace of the pipeline
 * @param name name of the pipeline
 * @param flinkVersion as in {@code v2_2}
 * @param connectorVersion code version of the Kafka connector, as in {@code 5.0.0}
 * @param kafka the Kafka cluster, for every client
 * @param uids uids of source and sinks; steps derive theirs as {@code step-<id>}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobConfiguration(
        int formatVersion,
        String namespace,
        String name,
        String flinkVersion,
        String connectorVersion,
        KafkaConnection kafka,
        Source source,
        EventTime eventTime,
        List<Transform> transforms,
        List<Sink> sinks,
        Uids uids) {
    public static final int FORMAT_VERSION = 1;

    public JobConfiguration {
        transforms = transforms == null ? List.of() : List.copyOf(transforms);
        sinks = sinks == null ? List.of() : List.copyOf(sinks);
        eventTime = eventTime == null ? new EventTime(null, null, null, null) : eventTime;
    }

    /** Rows carry the partition that they were read from up to the sinks. */
    public boolean keepsSourcePartition() {
        return sinks.stream()
                .anyMatch(sink -> sink.kafka() != null && sink.kafka().partitioner() == Partitioning.SourcePartition);
    }

    /** The sink of that name, which must exist. */
    public Sink sink(String name) {
        return sinks.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The sinks of a valid configuration that receive what leaves the last step: all that nothing else names. */
    public List<Sink> resultSinks() {
        Set<String> others = transforms.stream()
                .flatMap(step -> step.lateSink().stream())
                .collect(Collectors.toCollection(HashSet::new));
        if (source.kafka() != null && source.kafka().onError() != null) {
            others.add(source.kafka().onError().sink());
        }
        return sinks.stream().filter(sink -> !others.contains(sink.name())).toList();
    }

    /**
     * The Kafka cluster.
     *
     * @param bootstrapServers host:port pairs, comma-separated
     * @param properties client properties for every client of the job, sorted
     */
    public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {
        public KafkaConnection {
            properties = properties == null ? new TreeMap<>() : new TreeMap<>(properties);
        }
    }

    /** Where records come from: exactly one member is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Source(KafkaSource kafka, DatagenSource datagen) {
        /** The job finishes by itself, when it has read all that it is to read. */
        public boolean ends() {
            return kafka == null ? datagen != null && datagen.count() != null : kafka.stoppingOffsets() != null;
        }
    }

    /**
     * Reads topics.
     *
     * @param topics topic names, at least one; none with a pattern
     * @param groupId consumer group; offsets are committed to it with each checkpoint
     * @param partitionDiscoveryInterval a time span; always explicit, because the connector's default differs by line
     * @param partitions number of partitions that are read of each topic, 0 to n-1, whatever the topics grow to; null to
     *     read all that there are and will be
     * @param stoppingOffsets null for no end; what ends reads an explicit number of partitions, for those that come later
     *     would have other ends at every start
     * @param onError null to fail at a record that cannot be read
     * @param client null for one like all others
     * @param topicPattern regular expression of the topics that are read, now and later, instead of topics; null for none
     * @param partitionSet the very partitions that are read, sorted, instead of topics, which are those of the set then;
     *     null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KafkaSource(
            List<String> topics,
            String groupId,
            StartingOffsets startingOffsets,
            Format format,
            IsolationLevel isolationLevel,
            String partitionDiscoveryInterval,
            Map<String, Integer> partitions,
            StoppingOffsets stoppingOffsets,
            OnError onError,
            SourceClient client,
            String topicPattern,
            List<SourcePartition> partitionSet) {
        public KafkaSource {
            topics = topics == null ? List.of() : List.copyOf(topics);
            startingOffsets = startingOffsets == null ? StartingOffsets.of(null) : startingOffsets;
            isolationLevel = isolationLevel == null ? IsolationLevel.ReadCommitted : isolationLevel;
            partitionDiscoveryInterval = partitionDiscoveryInterval == null ? "5m" : partitionDiscoveryInterval;
            partitions = partitions == null ? null : Collections.unmodifiableMap(new TreeMap<>(partitions));
            partitionSet = partitionSet == null ? null : List.copyOf(partitionSet);
        }

        /** Reads topics by name. */
        public KafkaSource(
                List<String> topics,
                String groupId,
                StartingOffsets startingOffsets,
                Format format,
                IsolationLevel isolationLevel,
                String partitionDiscoveryInterval,
                Map<String, Integer> partitions,
                StoppingOffsets stoppingOffsets,
                OnError onError,
                SourceClient client) {
            this(
                    topics,
                    groupId,
                    startingOffsets,
                    format,
                    isolationLevel,
                    partitionDiscoveryInterval,
                    partitions,
                    stoppingOffsets,
                    onError,
                    client,
                    null,
                    null);
        }

        /** What is read. */
        public Subscription subscription() {
            return Subscription.of(topics, topicPattern, partitionSet);
        }

        /** What becomes of a record that cannot be read. */
        public OnError.Action errorAction() {
            return onError == null ? OnError.Action.Fail : onError.action();
        }
    }

    /**
     * What is special about the source's consumers.
     *
     * @param idPrefix beginning of their client ids; null for the pipeline's name and the source's uid
     * @param rackFromEnv environment variable of the TaskManager that holds its rack; null to fetch from leaders
     * @param metrics false to leave out the metrics of Kafka's consumer; null for true
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceClient(String idPrefix, String rackFromEnv, Boolean metrics) {}

    /** Where records go: a unique name and exactly one kind. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sink(String name, KafkaSink kafka, Print print, Discard discard, JdbcSink jdbc) {
        /** A sink that writes no table. */
        public Sink(String name, KafkaSink kafka, Print print, Discard discard) {
            this(name, kafka, print, discard, null);
        }
    }

    /**
     * Writes one topic, or of several the one that a field names.
     *
     * @param topic the one topic; beside {@code topics} the one for records whose field names none of these, and null to
     *     fail at such a record
     * @param keyField field whose text becomes the record key; null for records without key
     * @param transactionalIdPrefix ends with a dot, so that no two prefixes nest
     * @param headers null for records without headers
     * @param topicField null for one topic
     * @param topics those that the field may name; null for one topic
     * @param timestamp null for event time
     * @param timestampField with timestamp Field: epoch milliseconds
     * @param partitioner null for the producer's choice
     * @param partitionerClass with partitioner Custom: an implementation of Kafka's Partitioner
     * @param tombstoneWhen CEL expression; null for records that all have a value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KafkaSink(
            String topic,
            Format format,
            String keyField,
            Delivery delivery,
            String transactionalIdPrefix,
            List<Header> headers,
            String topicField,
            List<String> topics,
            RecordTimestamp timestamp,
            String timestampField,
            Partitioning partitioner,
            String partitionerClass,
            String tombstoneWhen) {
        public KafkaSink {
            delivery = delivery == null ? new Delivery(null, null, null) : delivery;
            headers = headers == null ? null : List.copyOf(headers);
            topics = topics == null ? null : List.copyOf(topics);
        }

        /** Whether the format writes keys, so that no field has to. */
        public boolean keysByFormat() {
            return format != null && format.jsonKeyValue() != null;
        }

        /** A sink that only says where, how and how safely. */
        public KafkaSink(
                String topic, Format format, String keyField, Delivery delivery, String transactionalIdPrefix) {
            this(
                    topic,
                    format,
                    keyField,
                    delivery,
                    transactionalIdPrefix,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        /** Every topic that it may write. */
        public List<String> written() {
            return Stream.concat(
                            Stream.ofNullable(topic), Stream.ofNullable(topics).flatMap(List::stream))
                    .toList();
        }
    }

    /** Prints records to the TaskManager's standard output. */
    public record Print() {}

    /** Drops records. */
    public record Discard() {}

    /**
     * uids that the operator counts up.
     *
     * @param source {@code source-<generation>}
     * @param sinks {@code sink-<name>-<generation>} by sink name
     */
    public record Uids(
            @JsonPropertyDescription("uid of the source, source-<generation>.")
            String source,

            @JsonPropertyDescription("uid of each sink by its name, sink-<name>-<generation>.")
            Map<String, String> sinks) {
        public Uids {
            sinks = sinks == null ? new TreeMap<>() : new TreeMap<>(sinks);
        }
    }
}
