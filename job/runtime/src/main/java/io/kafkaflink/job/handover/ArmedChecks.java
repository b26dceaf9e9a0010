package io.kafkaflink.job.handover;

import io.kafkaflink.job.handover.KafkaChecks.Topic;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.kafka.common.TopicPartition;

/** What a new job finds out while the old one still runs. */
record ArmedChecks(NewJob job) {
    /** A checkpoint may be deleted between looking for it and reading it. */
    private static final int ATTEMPTS = 10;

    private static final String DEFAULT_DOWNTIME = "5m";

    ArmVerdict verdict(ArmOrder order, String jobId, Instant now) {
        List<Finding> findings = new ArrayList<>(GraphChecks.genericTypes(job.genericTypes()));
        findings.addAll(StoppingTime.ahead(job, now));
        GraphComparison comparison = state(order, findings);
        if (job.usesKafka()) {
            try (KafkaFacts kafka = new KafkaFacts(job.configuration().kafka())) {
                findings.addAll(kafka(order, kafka));
            } catch (RuntimeException e) {
                findings.add(new UnusableSettings(e).finding());
            }
        }
        findings.addAll(new TableChecks(job.configuration()).findings());
        return new ArmVerdict(
                null,
                jobId,
                order.revision(),
                Finding.worst(findings),
                Finding.reasons(findings),
                comparison.report(),
                job.flinkVersion(),
                job.connectorVersion(),
                now);
    }

    private GraphComparison state(ArmOrder order, List<Finding> findings) {
        GraphComparison nothing = new GraphComparison(List.of(), List.of(), job.uids(), Map.of());
        if (order.from() == null && order.newestState() == null) {
            return nothing;
        }
        try {
            SavedState state = newest(order);
            if (state == null) {
                findings.add(
                        Finding.unknown(
                                "NoStateKnown",
                                "The running job has no checkpoint yet that the new graph could be compared with; wait for one"));
                return nothing;
            }
            GraphComparison comparison =
                    GraphComparison.of(job.uids(), job.maxParallelism(), state.operators(), NewJob.formerUids(order));
            findings.addAll(GraphChecks.comparison(
                    comparison, job.maxParallelism(), order.expectedDropped(), order.acknowledged()));
            findings.addAll(new NamingChecks(job, order).findings(state));
            findings.addAll(GraphChecks.subscription(job, state.offsets(job.sourceUid())));
            return comparison;
        } catch (UnreadableState e) {
            findings.add(Finding.unknown("StateUnreadable", e.getMessage() + "; check the job's access to state.dir"));
            return nothing;
        }
    }

    /**
     * The newest checkpoint in the old job's folder, else what the operator knows of; null when there is neither. The old
     * job goes on deleting its checkpoints, at any moment of the listing and of the reading.
     */
    private SavedState newest(ArmOrder order) throws UnreadableState {
        UnreadableState last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                String path = newestPath(order);
                return path == null ? null : SavedState.read(path, job.line());
            } catch (UnreadableState e) {
                last = e;
            }
        }
        throw last;
    }

    private static String newestPath(ArmOrder order) throws UnreadableState {
        String folder = order.from() == null ? null : order.from().checkpoints();
        if (folder == null) {
            return order.newestState();
        }
        try {
            CheckpointFolder checkpoints = new CheckpointFolder(folder);
            OptionalLong newest = checkpoints.newest();
            return newest.isPresent() ? checkpoints.path(newest.getAsLong()) : order.newestState();
        } catch (IOException e) {
            throw new UnreadableState(folder, e);
        }
    }

    private List<Finding> kafka(ArmOrder order, KafkaFacts kafka) {
        String servers = job.configuration().kafka().bootstrapServers();
        List<Finding> brokers = KafkaChecks.brokers(servers, kafka.brokers());
        if (!brokers.isEmpty()) {
            return brokers;
        }
        List<Finding> findings = new ArrayList<>();
        List<String> read = job.source()
                .map(source -> SourceTopics.find(kafka, source, findings))
                .orElse(List.of());
        List<KafkaChecks.Use> uses = job.topics(read);
        Map<String, Fact<Topic>> topics = kafka.topics(
                uses.stream().map(KafkaChecks.Use::topic).distinct().toList());
        findings.addAll(KafkaChecks.topics(uses, topics, order.partitions()));
        job.source().ifPresent(source -> {
            findings.addAll(SourceTopics.lacking(source.partitionSet(), topics));
            findings.addAll(KafkaChecks.mirrored(largest(read, topics), job.mirroredTopics(), topics));
            String group = source.groupId();
            Fact<Map<TopicPartition, Long>> offsets = kafka.groupOffsets(group);
            findings.addAll(KafkaChecks.group(group, kafka.groupRights(group), offsets));
            if (order.from() == null && order.newestState() == null) {
                findings.addAll(KafkaChecks.formerReader(group, offsets, order.acknowledged()));
            }
        });
        Map<String, Fact<Void>> prefixes = new TreeMap<>();
        Map<String, String> timeouts = new TreeMap<>();
        job.exactlyOnceSinks().forEach((name, sink) -> {
            prefixes.put(sink.transactionalIdPrefix(), kafka.transactionalId(sink.transactionalIdPrefix()));
            timeouts.put(name, sink.delivery().transactionTimeout());
        });
        findings.addAll(KafkaChecks.transactionalIds(prefixes));
        if (!timeouts.isEmpty()) {
            findings.addAll(transactions(order, timeouts).findings(kafka.transactionMaximum()));
        }
        return findings;
    }

    /** One more than the greatest number of a partition that is read. */
    private int largest(List<String> read, Map<String, Fact<Topic>> topics) {
        return read.stream()
                .flatMap(topic -> topics.get(topic) instanceof Fact.Known<Topic> known
                        ? job.partitionsRead(topic, known.value().partitions()).stream()
                        : Stream.empty())
                .mapToInt(partition -> partition + 1)
                .max()
                .orElse(0);
    }

    private TransactionChecks transactions(ArmOrder order, Map<String, String> timeouts) {
        Duration interval = job.flink()
                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .orElse(Duration.ZERO);
        Duration pause = job.flink().get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);
        return new TransactionChecks(
                timeouts,
                pause.compareTo(interval) > 0 ? pause : interval,
                job.flink().get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
                job.flink()
                        .getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)
                        .orElse(0),
                Timespan.parse(order.plannedDowntime() == null ? DEFAULT_DOWNTIME : order.plannedDowntime()));
    }
}
