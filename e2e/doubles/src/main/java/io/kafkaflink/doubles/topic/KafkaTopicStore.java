package io.kafkaflink.doubles.topic;

import java.util.Collection;
import java.util.Optional;

/** The KafkaTopic resources of one namespace and cluster label. Writes carry no resource version. */
public interface KafkaTopicStore {

    /** All resources, in no particular order. */
    Collection<KafkaTopic> all();

    /** One resource by {@code metadata.name}. */
    default Optional<KafkaTopic> get(String name) {
        return all().stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /** Adds {@link KafkaTopic#FINALIZER}; nothing happens when the resource is gone. */
    void addFinalizer(KafkaTopic topic);

    /** Removes {@link KafkaTopic#FINALIZER}; nothing happens when the resource is gone. */
    void removeFinalizer(KafkaTopic topic);

    /** Replaces the whole status; nothing happens when the resource is gone. */
    void writeStatus(KafkaTopic topic, KafkaTopicStatus status);
}
