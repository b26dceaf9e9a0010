package io.kafkaflink.doubles.topic;

import java.util.List;
import java.util.Optional;

/** What is to be done about one KafkaTopic. */
sealed interface Decision {

    /** Not ours: no status, no event, no finalizer. */
    record Ignore() implements Decision {}

    /** No broker answers and the patience is not used up: look again, status stays as it is. */
    record Wait() implements Decision {}

    /** Do the actions in order, then report. A failed action replaces the verdict by {@code KafkaError}. */
    record Report(List<TopicAction> actions, Verdict verdict) implements Decision {}

    /** The resource is being deleted: delete the topic, if there is one to delete, and let the resource go. */
    record LetGo(Optional<TopicAction.Delete> action) implements Decision {}
}
