package io.kafkaflink.job.handover;

import io.kafkaflink.job.handover.KafkaChecks.Topic;
import io.kafkaflink.model.JobConfiguration;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka, each question with a deadline; what goes wrong is an answer too. */
final class KafkaFacts implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Set<TransactionState> OPEN =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;

    KafkaFacts(JobConfiguration.KafkaConnection kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        properties.setProperty("default.api.timeout.ms", String.valueOf(DEADLINE.toMillis()));
        properties.setProperty(
                "request.timeout.ms", String.valueOf(DEADLINE.dividedBy(2).toMillis()));
        this.admin = Admin.create(properties);
    }

    /** Number of brokers. */
    Fact<Integer> brokers() {
        return ask(admin.describeCluster().nodes().thenApply(Collection::size));
    }

    /** {@code transaction.max.timeout.ms} of one broker; they are the same on all. */
    Fact<Duration> transactionMaximum() {
        Fact<Collection<Node>> nodes = ask(admin.describeCluster().nodes());
        if (!(nodes instanceof Fact.Known<Collection<Node>> known)
                || known.value().isEmpty()) {
            return new Fact.Unavailable<>(KafkaChecks.why(nodes));
        }
        ConfigResource broker = new ConfigResource(
                ConfigResource.Type.BROKER, known.value().iterator().next().idString());
        return ask(admin.describeConfigs(List.of(broker))
                .values()
                .get(broker)
                .thenApply(config -> Duration.ofMillis(
                        Long.parseLong(config.get("transaction.max.timeout.ms").value()))));
    }

    /** Names of all topics that we may describe, Kafka's own left out. */
    Fact<Set<String>> topicNames() {
        return ask(admin.listTopics().names());
    }

    Map<String, Fact<Topic>> topics(Collection<String> names) {
        Map<String, Fact<Topic>> topics = new TreeMap<>();
        admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .forEach((name, answer) -> topics.put(
                        name,
                        ask(answer.thenApply(topic -> new Topic(
                                topic.partitions().size(),
                                // Null from brokers that do not tell.
                                topic.authorizedOperations() == null
                                        ? Set.of(AclOperation.values())
                                        : topic.authorizedOperations())))));
        return topics;
    }

    Fact<Set<AclOperation>> groupRights(String group) {
        return ask(admin.describeConsumerGroups(
                        List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .get(group)
                .thenApply(description -> description.authorizedOperations() == null
                        ? Set.of(AclOperation.values())
                        : description.authorizedOperations()));
    }

    /** Committed offsets; partitions without one are left out. */
    Fact<Map<TopicPartition, Long>> groupOffsets(String group) {
        return ask(admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .thenApply(offsets -> offsets.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset()))));
    }

    /** Sets committed offsets of a group that no member has, which is how a Flink job's group looks even while it runs. */
    Fact<Void> repair(String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> metadata = new HashMap<>();
        offsets.forEach((partition, offset) -> metadata.put(partition, new OffsetAndMetadata(offset)));
        return ask(admin.alterConsumerGroupOffsets(group, metadata).all());
    }

    Fact<Map<TopicPartition, Long>> beginnings(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    Fact<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    private Fact<Map<TopicPartition, Long>> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return ask(admin.listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> spec)))
                .all()
                .thenApply(KafkaFacts::offsets));
    }

    private static Map<TopicPartition, Long> offsets(
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answers) {
        return answers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, answer -> answer.getValue()
                .offset()));
    }

    /** Ids of transactions under the prefixes that are neither committed nor aborted, with their states. */
    Fact<Map<String, String>> openTransactions(Collection<String> prefixes) {
        return ask(admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN))
                .all()
                .thenApply(all -> all.stream()
                        .filter(each -> prefixes.stream().anyMatch(each.transactionalId()::startsWith))
                        .collect(Collectors.toMap(
                                TransactionListing::transactionalId,
                                each -> each.state().toString(),
                                (one, same) -> one))));
    }

    /** Asks about an id that nobody uses: absent means that we may ask. */
    Fact<Void> transactionalId(String prefix) {
        String id = prefix + "rights";
        return ask(admin.describeTransactions(List.of(id)).description(id).thenApply(description -> null));
    }

    private static <T> Fact<T> ask(KafkaFuture<T> answer) {
        try {
            return new Fact.Known<>(answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } catch (TimeoutException | CancellationException e) {
            return new Fact.Unavailable<>("no answer within " + DEADLINE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fact.Unavailable<>("interrupted");
        }
    }

    private static <T> Fact<T> failure(Throwable cause) {
        if (cause instanceof AuthorizationException) {
            return new Fact.Denied<>(cause.getMessage());
        }
        if (cause instanceof UnknownTopicOrPartitionException
                || cause instanceof GroupIdNotFoundException
                || cause instanceof TransactionalIdNotFoundException) {
            return new Fact.Absent<>();
        }
        return new Fact.Unavailable<>(cause.toString());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
