package io.kafkaflink.doubles.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a real Kafka cluster through its admin client. */
public final class BrokerTopics implements Topics, AutoCloseable {

    private final Admin admin;

    /**
     * @param bootstrapServers {@code host:port[,host:port]}
     * @param timeoutMillis how long a call may wait for a broker
     */
    public BrokerTopics(String bootstrapServers, int timeoutMillis) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "topic-operator-double",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(timeoutMillis, 30_000),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                timeoutMillis));
    }

    @Override
    public TopicFacts describe(String topic) {
        try {
            TopicDescription description =
                    await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
            return new TopicFacts.Present(
                    description.topicId().toString(),
                    description.partitions().size(),
                    description.partitions().get(0).replicas().size(),
                    dynamicConfig(topic));
        } catch (KafkaFailure e) {
            if (e.isUnreachable()) {
                return new TopicFacts.Unreachable(e.getMessage());
            }
            if (e.getMessage().startsWith(UnknownTopicOrPartitionException.class.getName())) {
                return new TopicFacts.Absent();
            }
            throw new IllegalStateException("Topic " + topic + " cannot be described: " + e.getMessage(), e);
        }
    }

    @Override
    public String create(String topic, OptionalInt partitions, OptionalInt replicas, Map<String, String> config)
            throws KafkaFailure {
        Optional<Short> factor =
                replicas.isPresent() ? Optional.of((short) replicas.getAsInt()) : Optional.<Short>empty();
        Optional<Integer> count =
                partitions.isPresent() ? Optional.of(partitions.getAsInt()) : Optional.<Integer>empty();
        NewTopic request = new NewTopic(topic, count, factor).configs(config);
        return await(admin.createTopics(List.of(request)).topicId(topic)).toString();
    }

    @Override
    public void addPartitions(String topic, int total) throws KafkaFailure {
        await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                .all());
    }

    @Override
    public void alterConfig(String topic, Map<String, String> set, Set<String> remove) throws KafkaFailure {
        List<AlterConfigOp> operations = new ArrayList<>();
        set.forEach((key, value) ->
                operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        remove.forEach(
                key -> operations.add(new AlterConfigOp(new ConfigEntry(key, null), AlterConfigOp.OpType.DELETE)));
        await(admin.incrementalAlterConfigs(Map.of(resource(topic), operations)).all());
    }

    @Override
    public void delete(String topic) throws KafkaFailure {
        try {
            await(admin.deleteTopics(List.of(topic)).all());
        } catch (KafkaFailure e) {
            if (!e.getMessage().startsWith(UnknownTopicOrPartitionException.class.getName())) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<String, String> dynamicConfig(String topic) throws KafkaFailure {
        Map<String, String> dynamic = new HashMap<>();
        await(admin.describeConfigs(List.of(resource(topic))).all())
                .get(resource(topic))
                .entries()
                .forEach(entry -> {
                    if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                        dynamic.put(entry.name(), entry.value());
                    }
                });
        return dynamic;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(KafkaFuture<T> future) throws KafkaFailure {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean unknownTopic = cause instanceof UnknownTopicOrPartitionException;
            if (cause instanceof TimeoutException || (cause instanceof RetriableException && !unknownTopic)) {
                throw KafkaFailure.unreachable(cause.getClass().getName() + ": " + cause.getMessage());
            }
            throw KafkaFailure.refused(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.unreachable("interrupted while waiting for Kafka");
        }
    }
}
