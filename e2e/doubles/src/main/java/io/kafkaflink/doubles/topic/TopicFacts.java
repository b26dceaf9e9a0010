package io.kafkaflink.doubles.topic;

import java.util.Map;
import java.util.Optional;

/** What Kafka says about one topic name. */
public sealed interface TopicFacts {

    /** Kafka does not know the topic. */
    record Absent() implements TopicFacts {}

    /**
     * The topic is there.
     *
     * @param id Kafka's topic id, URL-safe base 64
     * @param replicas replication factor of every partition
     * @param config dynamic topic configuration only
     */
    record Present(String id, int partitions, int replicas, Map<String, String> config) implements TopicFacts {
        public Present {
            config = Map.copyOf(config);
        }
    }

    /** No broker answers. */
    record Unreachable(String message) implements TopicFacts {}

    /** Name of the topic id when the topic is there. */
    default Optional<String> topicId() {
        return this instanceof Present present ? Optional.of(present.id()) : Optional.empty();
    }
}
