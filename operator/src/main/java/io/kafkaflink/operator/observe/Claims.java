package io.kafkaflink.operator.observe;

import java.time.Instant;
import java.util.Set;

/**
 * What another pipeline lays claim to.
 *
 * @param pipeline {@code <namespace>/<name>}
 * @param kafka identity of its Kafka cluster, comparable between pipelines: {@code <namespace>/<cluster>} of the
 *     Strimzi cluster, else the bootstrap servers
 * @param managedTopics names of the topics it manages
 * @param groupId its consumer group, null for a generator source
 */
public record Claims(String pipeline, Instant createdAt, String kafka, Set<String> managedTopics, String groupId) {
    public Claims {
        managedTopics = Set.copyOf(managedTopics);
    }
}
