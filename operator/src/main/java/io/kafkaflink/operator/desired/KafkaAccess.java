package io.kafkaflink.operator.desired;

import java.util.List;

/**
 * How clients reach the Kafka cluster.
 *
 * @param bootstrapServers host:port pairs, comma-separated
 * @param certificates public certificates (PEM) of the listener's authority; empty for a listener without TLS or one
 *     whose certificate a public authority signed
 */
public record KafkaAccess(String bootstrapServers, List<String> certificates) {
    public KafkaAccess {
        certificates = List.copyOf(certificates);
    }
}
