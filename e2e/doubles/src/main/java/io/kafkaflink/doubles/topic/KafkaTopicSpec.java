package io.kafkaflink.doubles.topic;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code spec} of a KafkaTopic.
 *
 * @param topicName name in Kafka, absent means {@code metadata.name}
 * @param partitions at least 1, absent means the broker's {@code num.partitions}
 * @param replicas at least 1, absent means the broker's {@code default.replication.factor}
 * @param config topic configuration, values as Kafka spells them (lists joined by commas)
 */
public record KafkaTopicSpec(
        Optional<String> topicName, OptionalInt partitions, OptionalInt replicas, Map<String, String> config) {

    public KafkaTopicSpec {
        config = Map.copyOf(config);
    }
}
