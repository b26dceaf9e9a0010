package io.kafkaflink.operator.observe;

import io.kafkaflink.operator.desired.KafkaAccess;

/** Where the Kafka cluster of a pipeline is. */
public sealed interface KafkaState {

    /** Bootstrap servers are known: written in the spec, or published by Strimzi for the listener. */
    record Known(KafkaAccess access) implements KafkaState {}

    /** There is no such Kafka resource (yet). */
    record NoCluster(String namespace, String name) implements KafkaState {}

    /** The Kafka resource does not publish the listener (yet); {@code published} is what it has. */
    record NoListener(String namespace, String name, String listener, java.util.List<String> published)
            implements KafkaState {}
}
