package io.kafkaflink.doubles.topic;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka cluster that is a map, with switches for what can go wrong. */
public final class InMemoryTopics implements Topics {

    private static final Set<String> TOPIC_CONFIGS = Arrays.stream(TopicConfig.class.getFields())
            .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getName().endsWith("_CONFIG"))
            .map(InMemoryTopics::value)
            .collect(Collectors.toUnmodifiableSet());

    /** Ids that begin with zeros are reserved. */
    private static final long ID_PREFIX = 0x4b61666b61466c69L;

    private final Map<String, TopicFacts.Present> topics = new HashMap<>();
    private final int brokers;
    private boolean reachable = true;
    private long created;

    /** A cluster with one broker. */
    public InMemoryTopics() {
        this(1);
    }

    /** @param brokers the largest possible replication factor */
    public InMemoryTopics(int brokers) {
        this.brokers = brokers;
    }

    /** Another one for every topic, and the same ones in every life that goes the same way. */
    private Uuid nextId() {
        return new Uuid(ID_PREFIX, ++created);
    }

    /** Switch: with {@code false} every call fails as if no broker answered. */
    public synchronized void reachable(boolean answer) {
        reachable = answer;
    }

    @Override
    public synchronized TopicFacts describe(String topic) {
        if (!reachable) {
            return new TopicFacts.Unreachable(timeout("describeTopics").getMessage());
        }
        TopicFacts.Present present = topics.get(topic);
        return present == null ? new TopicFacts.Absent() : present;
    }

    @Override
    public synchronized String create(
            String topic, OptionalInt partitions, OptionalInt replicas, Map<String, String> config)
            throws KafkaFailure {
        requireReachable("createTopics");
        if (topics.containsKey(topic)) {
            throw KafkaFailure.refused(new TopicExistsException("Topic '" + topic + "' already exists."));
        }
        int factor = replicas.orElse(1);
        if (factor > brokers) {
            throw KafkaFailure.refused(new InvalidReplicationFactorException("Unable to replicate the partition "
                    + factor + " time(s): The target replication factor of " + factor
                    + " cannot be reached because only " + brokers
                    + " broker(s) are registered or some brokers have all their log directories cordoned."));
        }
        requireKnown(config.keySet());
        String id = nextId().toString();
        topics.put(topic, new TopicFacts.Present(id, partitions.orElse(1), factor, config));
        return id;
    }

    @Override
    public synchronized void addPartitions(String topic, int total) throws KafkaFailure {
        requireReachable("createPartitions");
        TopicFacts.Present old = require(topic);
        if (total <= old.partitions()) {
            throw KafkaFailure.refused(new InvalidPartitionsException("The topic " + topic + " currently has "
                    + old.partitions() + " partition(s); " + total + " would not be an increase."));
        }
        topics.put(topic, new TopicFacts.Present(old.id(), total, old.replicas(), old.config()));
    }

    @Override
    public synchronized void alterConfig(String topic, Map<String, String> set, Set<String> remove)
            throws KafkaFailure {
        requireReachable("incrementalAlterConfigs");
        requireKnown(set.keySet());
        TopicFacts.Present old = require(topic);
        Map<String, String> config = new HashMap<>(old.config());
        config.keySet().removeAll(remove);
        config.putAll(set);
        topics.put(topic, new TopicFacts.Present(old.id(), old.partitions(), old.replicas(), config));
    }

    @Override
    public synchronized void delete(String topic) throws KafkaFailure {
        requireReachable("deleteTopics");
        topics.remove(topic);
    }

    private TopicFacts.Present require(String topic) throws KafkaFailure {
        TopicFacts.Present present = topics.get(topic);
        if (present == null) {
            throw KafkaFailure.refused(
                    new UnknownTopicOrPartitionException("This server does not host this topic-partition."));
        }
        return present;
    }

    private static void requireKnown(Set<String> keys) throws KafkaFailure {
        for (String key : keys) {
            if (!TOPIC_CONFIGS.contains(key)) {
                throw KafkaFailure.refused(new InvalidConfigurationException("Unknown topic config name: " + key));
            }
        }
    }

    private void requireReachable(String call) throws KafkaFailure {
        if (!reachable) {
            throw timeout(call);
        }
    }

    private static KafkaFailure timeout(String call) {
        return KafkaFailure.unreachable("org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node "
                + "assignment. Call: " + call);
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public constant of TopicConfig cannot be read: " + field.getName(), e);
        }
    }
}
