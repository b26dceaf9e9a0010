package io.kafkaflink.doubles.topic;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What status will say about a KafkaTopic. The observed generation moves with every verdict, a refusal included.
 *
 * @param type condition type: {@code Ready}, {@code ReconciliationPaused} or {@code Unmanaged}
 * @param reason absent on a positive verdict
 * @param topicName absent when unmanaged
 * @param topicId dropped whenever the operator does not stand for the topic any more
 */
record Verdict(
        String type,
        Optional<String> reason,
        Optional<String> message,
        Optional<String> topicName,
        Optional<String> topicId) {

    static Verdict ready(String topicName, Optional<String> topicId) {
        return new Verdict("Ready", Optional.empty(), Optional.empty(), Optional.of(topicName), topicId);
    }

    static Verdict paused(Optional<String> topicName) {
        return new Verdict("ReconciliationPaused", Optional.empty(), Optional.empty(), topicName, Optional.empty());
    }

    static Verdict unmanaged() {
        return new Verdict("Unmanaged", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Verdict notSupported(String message, String topicName, Optional<String> topicId) {
        return refused("NotSupported", message, topicName, topicId);
    }

    static Verdict conflict(KafkaTopic owner, String topicName) {
        return refused("ResourceConflict", "Managed by " + owner.ref(), topicName, Optional.empty());
    }

    static Verdict kafkaError(String message, String topicName) {
        return refused("KafkaError", message, topicName, Optional.empty());
    }

    private static Verdict refused(String reason, String message, String topicName, Optional<String> topicId) {
        return new Verdict("Ready", Optional.of(reason), Optional.of(message), Optional.of(topicName), topicId);
    }

    /** The topic id is only known once Kafka has created the topic. */
    Verdict withTopicId(String id) {
        return reason.isPresent() ? this : new Verdict(type, reason, message, topicName, Optional.of(id));
    }

    KafkaTopicStatus asStatus(KafkaTopic topic, Instant now) {
        KafkaTopicStatus.Condition condition = reason.isEmpty()
                ? KafkaTopicStatus.Condition.positive(type, now.toString())
                : KafkaTopicStatus.Condition.notReady(reason.get(), message.orElse(""), now.toString());
        return new KafkaTopicStatus(OptionalLong.of(topic.generation()), topicName, topicId, List.of(condition));
    }
}
