package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Delivery.TransactionNaming;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.SourcePartition;
import io.kafkaflink.model.handover.ArmOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The job that is about to start.
 *
 * @param uids of all operators of its graph, committers included
 * @param genericTypes uids of operators with a type that only Kryo can serialize
 * @param flink configuration it will run with
 * @param flinkVersion as in {@code 2.2.1}
 * @param connectorVersion as in {@code 5.0.0-2.2}
 */
public record NewJob(
        JobConfiguration configuration,
        List<String> uids,
        List<String> genericTypes,
        ReadableConfig flink,
        String flinkVersion,
        String connectorVersion,
        ConnectorLine line) {

    Optional<JobConfiguration.KafkaSource> source() {
        return Optional.ofNullable(configuration.source().kafka());
    }

    /** It finishes by itself; partitions that it has read to their end are in no state any more. */
    boolean ends() {
        return configuration.source().ends();
    }

    /**
     * Numbers of the partitions of a topic that are read.
     *
     * @param present partitions that the topic has
     */
    List<Integer> partitionsRead(String topic, int present) {
        Optional<List<SourcePartition>> set = source().map(JobConfiguration.KafkaSource::partitionSet);
        if (set.isPresent()) {
            return set.get().stream()
                    .filter(each -> each.topic().equals(topic) && each.partition() < present)
                    .map(SourcePartition::partition)
                    .toList();
        }
        int count = source().map(JobConfiguration.KafkaSource::partitions)
                .map(counts -> counts.get(topic))
                .map(read -> Math.min(read, present))
                .orElse(present);
        return IntStream.range(0, count).boxed().toList();
    }

    /** Partitions are not one for each subtask: there are as many as a pattern finds, and a set may have gaps. */
    boolean sharesSubtasks() {
        return source().filter(source -> source.topicPattern() != null || source.partitionSet() != null)
                .isPresent();
    }

    String sourceUid() {
        return configuration.uids().source();
    }

    int maxParallelism() {
        return flink.get(PipelineOptions.MAX_PARALLELISM);
    }

    boolean usesKafka() {
        return source().isPresent() || configuration.sinks().stream().anyMatch(sink -> sink.kafka() != null);
    }

    /** The sinks whose output is in transactions, by name. */
    Map<String, KafkaSink> exactlyOnceSinks() {
        return configuration.sinks().stream()
                .filter(sink ->
                        sink.kafka() != null && sink.kafka().delivery().guarantee() == Delivery.Guarantee.ExactlyOnce)
                .collect(Collectors.toMap(Sink::name, Sink::kafka));
    }

    /**
     * Every topic with what the job does to it.
     *
     * @param read the topics that the source reads
     */
    List<KafkaChecks.Use> topics(Collection<String> read) {
        List<KafkaChecks.Use> uses = new ArrayList<>();
        read.forEach(topic -> uses.add(new KafkaChecks.Use(topic, Set.of(AclOperation.READ))));
        for (Sink sink : configuration.sinks()) {
            if (sink.kafka() != null) {
                // A start with Pooling lists the transactions of the topics.
                boolean lists = exactlyOnceSinks().containsKey(sink.name())
                        && naming(sink.kafka()) == TransactionNaming.Pooling;
                Set<AclOperation> operations =
                        lists ? Set.of(AclOperation.WRITE, AclOperation.READ) : Set.of(AclOperation.WRITE);
                sink.kafka().written().forEach(topic -> uses.add(new KafkaChecks.Use(topic, operations)));
            }
        }
        return uses;
    }

    /** Topics whose records go to the partition that they were read from. */
    List<String> mirroredTopics() {
        return configuration.sinks().stream()
                .map(Sink::kafka)
                .filter(sink -> sink != null && sink.partitioner() == Partitioning.SourcePartition)
                .flatMap(sink -> sink.written().stream())
                .toList();
    }

    /** How the sink's transactional ids will be named. */
    TransactionNaming naming(KafkaSink sink) {
        return line.naming(sink.delivery().transactionNaming());
    }

    /** Names of sinks that take no state over from the sink of the same name. */
    List<String> sinksWithNewUid(ArmOrder.From from) {
        return configuration.uids().sinks().entrySet().stream()
                .filter(uid -> from.sinkUids().containsKey(uid.getKey())
                        && !from.sinkUids().get(uid.getKey()).equals(uid.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** uids that operators of the former job may have, to name what a state only has ids of. */
    static List<String> formerUids(ArmOrder order) {
        List<String> uids = new ArrayList<>(order.expectedDropped());
        if (order.from() != null) {
            Optional.ofNullable(order.from().sourceUid()).ifPresent(uids::add);
            order.from().sinkUids().values().forEach(uid -> {
                uids.add(uid);
                uids.add(OperatorIds.committerUid(uid));
            });
        }
        return uids;
    }

    /** uid of the source in the state that this job starts from. */
    String formerSourceUid(ArmOrder order) {
        return order.from() == null || order.from().sourceUid() == null
                ? sourceUid()
                : order.from().sourceUid();
    }
}
