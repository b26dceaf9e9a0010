package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
     * @param topics topic names, at least one
     * @param groupId consumer group; offsets are committed to it with each checkpoint
     * @param partitionDiscoveryInterval a time span; always explicit, because the connector's default differs by line
     * @param partitions number of partitions that are read of each topic, 0 to n-1, whatever the topics grow to; null to
     *     read all that there are and will be
     * @param stoppingOffsets null for no end; what ends reads an explicit number of partitions, for those that come later
     *     would have other ends at every start
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
            StoppingOffsets stoppingOffsets) {
        public KafkaSource {
            topics = topics == null ? List.of() : List.copyOf(topics);
            startingOffsets = startingOffsets == null ? StartingOffsets.of(null) : startingOffsets;
            isolationLevel = isolationLevel == null ? IsolationLevel.ReadCommitted : isolationLevel;
            partitionDiscoveryInterval = partitionDiscoveryInterval == null ? "5m" : partitionDiscoveryInterval;
            partitions = partitions == null ? null : Collections.unmodifiableMap(new TreeMap<>(partitions));
        }
    }

    /** Where records go: a unique name and exactly one kind. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sink(String name, KafkaSink kafka, Print print, Discard discard) {}

    /**
     * Writes one topic.
     *
     * @param keyField field whose text becomes the record key; null for records without key
     * @param transactionalIdPrefix ends with a dot, so that no two prefixes nest
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KafkaSink(
            String topic, Format format, String keyField, Delivery delivery, String transactionalIdPrefix) {
        public KafkaSink {
            delivery = delivery == null ? new Delivery(null, null, null) : delivery;
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
