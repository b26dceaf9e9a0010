package io.kafkaflink.doubles.topic;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code status} of a KafkaTopic. Conditions are replaced as a whole, never merged. */
public record KafkaTopicStatus(
        OptionalLong observedGeneration,
        Optional<String> topicName,
        Optional<String> topicId,
        List<Condition> conditions) {

    /** No status yet. */
    public static final KafkaTopicStatus NONE =
            new KafkaTopicStatus(OptionalLong.empty(), Optional.empty(), Optional.empty(), List.of());

    public KafkaTopicStatus {
        conditions = List.copyOf(conditions);
    }

    boolean ready() {
        return conditions.stream()
                .anyMatch(c -> c.type().equals("Ready") && c.status().equals("True"));
    }

    /** Same statement apart from transition times: the Topic Operator does not write it again. */
    boolean saysTheSameAs(KafkaTopicStatus other) {
        return observedGeneration.equals(other.observedGeneration)
                && topicName.equals(other.topicName)
                && topicId.equals(other.topicId)
                && conditions.stream()
                        .map(Condition::untimed)
                        .toList()
                        .equals(other.conditions.stream()
                                .map(Condition::untimed)
                                .toList());
    }

    /** One condition; {@code reason} and {@code message} are absent on a positive one. */
    public record Condition(
            String type, String status, Optional<String> reason, Optional<String> message, String lastTransitionTime) {

        static Condition positive(String type, String time) {
            return new Condition(type, "True", Optional.empty(), Optional.empty(), time);
        }

        static Condition notReady(String reason, String message, String time) {
            return new Condition("Ready", "False", Optional.of(reason), Optional.of(message), time);
        }

        Condition untimed() {
            return new Condition(type, status, reason, message, "");
        }
    }
}
