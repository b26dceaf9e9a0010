package io.kafkaflink.operator.desired;

/**
 * A Flink version and a version of the Kafka connector.
 *
 * @param flinkVersion as FKO spells it, as in {@code v2_2}
 * @param connectorVersion without the Flink suffix, as in {@code 5.0.0}
 */
public record VersionPair(String flinkVersion, String connectorVersion) {

    /** As messages and acknowledgements spell it: {@code 2.2/5.0.0}. */
    @Override
    public String toString() {
        return flinkVersion.replaceFirst("^v", "").replace('_', '.') + "/" + connectorVersion;
    }
}
