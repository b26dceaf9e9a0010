package io.kafkaflink.doubles.topic;

import java.time.Duration;

/**
 * How the double runs.
 *
 * @param namespace the one namespace that is watched
 * @param cluster value of label {@code strimzi.io/cluster} of the resources that are handled
 * @param lag from an edit until it is handled; the old observedGeneration stays that long (real: 0.1 to 0.3 s)
 * @param resync period of the full reconciliation (real: 120 s)
 * @param kafkaPatience how long status stays as it is while no broker answers (real: about 76 s)
 * @param useFinalizers {@code STRIMZI_USE_FINALIZERS}; without them, deleting a conflicting duplicate deletes the topic
 * @param createRace report Ready=True without topicId and without looking at the partitions when a topic is first met
 */
public record TopicOperatorSettings(
        String namespace,
        String cluster,
        Duration lag,
        Duration resync,
        Duration kafkaPatience,
        boolean useFinalizers,
        boolean createRace) {

    /** As the real operator with its defaults. */
    public static TopicOperatorSettings of(String namespace, String cluster) {
        return new TopicOperatorSettings(
                namespace,
                cluster,
                Duration.ofMillis(200),
                Duration.ofSeconds(120),
                Duration.ofSeconds(76),
                true,
                false);
    }

    /** Other waits, same behaviour. */
    public TopicOperatorSettings withTimes(Duration newLag, Duration newResync, Duration newKafkaPatience) {
        return new TopicOperatorSettings(
                namespace, cluster, newLag, newResync, newKafkaPatience, useFinalizers, createRace);
    }

    /** The dangerous switch of the real operator. */
    public TopicOperatorSettings withoutFinalizers() {
        return new TopicOperatorSettings(namespace, cluster, lag, resync, kafkaPatience, false, createRace);
    }

    /** The create/TopicExists race. */
    public TopicOperatorSettings withCreateRace() {
        return new TopicOperatorSettings(namespace, cluster, lag, resync, kafkaPatience, useFinalizers, true);
    }
}
