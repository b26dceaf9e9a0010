package io.kafkaflink.doubles.topic;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The topics of one Kafka cluster. Calls block until Kafka has answered. */
public interface Topics {

    /** Never throws for a missing broker: that is a fact too. */
    TopicFacts describe(String topic);

    /**
     * Creates a topic; an absent count means the broker's default.
     *
     * @return the new topic id
     */
    String create(String topic, OptionalInt partitions, OptionalInt replicas, Map<String, String> config)
            throws KafkaFailure;

    /** Raises the number of partitions to {@code total}. */
    void addPartitions(String topic, int total) throws KafkaFailure;

    /** Sets and removes dynamic topic configurations. */
    void alterConfig(String topic, Map<String, String> set, Set<String> remove) throws KafkaFailure;

    /** Deletes a topic; one that is not there counts as deleted. */
    void delete(String topic) throws KafkaFailure;
}
