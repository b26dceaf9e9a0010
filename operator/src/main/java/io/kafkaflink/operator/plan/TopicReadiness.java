package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.observe.TopicState;
import io.kafkaflink.operator.observe.TopicState.Readiness;
import java.time.Duration;

/** Says why a KafkaTopic's status does not prove that the topic is as wanted. */
final class TopicReadiness {
    /** A Topic Operator answers within a second; one that never does selects another label or namespace (strimzi#8676). */
    static final Duration SILENCE = Duration.ofMinutes(2);

    private TopicReadiness() {}

    static Refusal explain(NamedTopic named, TopicState found, Situation situation) {
        if (found.observedGeneration() == null) {
            return unanswered(found, situation);
        }
        if (found.suspended().isPresent()) {
            return Refusal.waiting(
                    Reasons.TOPIC_SUSPENDED,
                    found.reference() + " is " + found.suspended().get() + ", so that its partitions are not known;"
                            + " remove the annotation strimzi.io/pause-reconciliation or strimzi.io/managed");
        }
        if (found.observedGeneration() != found.generation()) {
            return Refusal.waiting(
                    Reasons.TOPIC_CHANGING,
                    found.reference() + ": the Topic Operator has not taken up generation " + found.generation()
                            + " yet. If this lasts, check that it runs");
        }
        if (found.partitions() == null) {
            return Refusal.waiting(
                    Reasons.TOPIC_PARTITIONS_UNKNOWN,
                    found.reference() + " does not set spec.partitions, and its status does not tell the number."
                            + " Set it there, or use management: External with partitions here");
        }
        return found.ready()
                .filter(ready -> !ready.status())
                .map(ready -> refused(found, ready))
                .orElseGet(() -> Refusal.waiting(
                        Reasons.TOPIC_CHANGING,
                        found.reference() + ": the Topic Operator does not report topic id and name of '"
                                + named.topic().name() + "' yet. If this lasts, see its log"));
    }

    private static Refusal unanswered(TopicState found, Situation situation) {
        if (situation.since(found.createdAt()).compareTo(SILENCE) < 0) {
            return Refusal.waiting(
                    Reasons.TOPIC_CREATING,
                    found.reference() + " waits for the Topic Operator's first status, which takes seconds");
        }
        return Refusal.waiting(
                Reasons.TOPIC_OPERATOR_SILENT,
                found.reference() + " has had no status for over " + SILENCE.toMinutes() + " minutes: no Topic"
                        + " Operator watches namespace " + found.namespace() + " for label strimzi.io/cluster="
                        + found.cluster() + ". Check spec.kafka.topicOperator and that the Topic Operator runs");
    }

    private static Refusal refused(TopicState found, Readiness ready) {
        String message =
                found.reference() + " is refused by the Topic Operator, " + ready.reason() + ": " + ready.message();
        return switch (String.valueOf(ready.reason())) {
            case "NotSupported" ->
                Refusal.stalled(Reasons.TOPIC_NOT_SUPPORTED, message + ". Change the topic in the spec");
            case "ResourceConflict" ->
                Refusal.stalled(
                        Reasons.TOPIC_CONFLICT,
                        message + ". Another KafkaTopic manages this topic; remove one of them");
            default -> Refusal.waiting(Reasons.TOPIC_ERROR, message + ". It is tried again by itself");
        };
    }
}
