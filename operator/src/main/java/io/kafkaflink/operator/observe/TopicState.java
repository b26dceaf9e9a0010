package io.kafkaflink.operator.observe;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A KafkaTopic as it is.
 *
 * @param resourceName {@code metadata.name}
 * @param topicName the effective name: {@code spec.topicName}, else {@code metadata.name}
 * @param cluster value of the label {@code strimzi.io/cluster}, null when absent
 * @param pipeline {@code <namespace>/<name>} of the pipeline whose labels it carries, null when it is nobody's
 * @param adoptBy value of {@code kafkaflink.io/adopt-by}, null when absent
 * @param observedGeneration null while the Topic Operator has not written a status
 * @param ready the Ready condition, empty while there is none
 * @param suspended ReconciliationPaused or Unmanaged, when the Topic Operator says so
 * @param statusTopicName {@code status.topicName}
 * @param topicId {@code status.topicId}; absent does not mean recreated
 * @param partitions {@code spec.partitions}, null when not set
 * @param replicas {@code spec.replicas}, null when not set
 * @param ownedConfig keys of {@code spec.config} that our field manager owns
 */
public record TopicState(
        String namespace,
        String resourceName,
        String topicName,
        String cluster,
        String pipeline,
        String adoptBy,
        long generation,
        Long observedGeneration,
        Optional<Readiness> ready,
        Optional<String> suspended,
        String statusTopicName,
        String topicId,
        Integer partitions,
        Integer replicas,
        Map<String, Object> config,
        Set<String> ownedConfig,
        Instant createdAt,
        boolean deleting) {

    public TopicState {
        config = Map.copyOf(config);
        ownedConfig = Set.copyOf(ownedConfig);
    }

    /** The Ready condition of the Topic Operator. */
    public record Readiness(boolean status, String reason, String message) {}

    /**
     * The number of partitions the topic really has, when the Topic Operator's status proves it: generation observed,
     * Ready, neither paused nor unmanaged, topic id and name published, count explicit. A bare Ready=True stays for a
     * moment after an edit with the old generation, and may come without a topic id when creation raced.
     */
    public Optional<Integer> provenPartitions() {
        boolean proven = observedGeneration != null
                && observedGeneration == generation
                && ready.map(Readiness::status).orElse(false)
                && suspended.isEmpty()
                && topicId != null
                && topicName.equals(statusTopicName)
                && !deleting;
        return proven ? Optional.ofNullable(partitions) : Optional.empty();
    }

    public String reference() {
        return "KafkaTopic " + namespace + "/" + resourceName;
    }
}
