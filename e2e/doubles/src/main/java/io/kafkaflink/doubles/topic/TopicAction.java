package io.kafkaflink.doubles.topic;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** One call to Kafka that the rules ask for. */
sealed interface TopicAction {

    record Create(String topic, OptionalInt partitions, OptionalInt replicas, Map<String, String> config)
            implements TopicAction {}

    record AddPartitions(String topic, int total) implements TopicAction {}

    record AlterConfig(String topic, Map<String, String> set, Set<String> remove) implements TopicAction {}

    record Delete(String topic) implements TopicAction {}
}
