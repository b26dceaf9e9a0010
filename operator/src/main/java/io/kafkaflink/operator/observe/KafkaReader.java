package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec.ClusterRef;
import io.kafkaflink.operator.desired.KafkaAccess;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads Strimzi's Kafka resources. */
final class KafkaReader {
    private KafkaReader() {}

    /**
     * Where the listener is.
     *
     * @param kafka the resource, empty when there is none
     */
    static KafkaState read(Optional<GenericKubernetesResource> kafka, String namespace, ClusterRef reference) {
        if (kafka.isEmpty()) {
            return new KafkaState.NoCluster(namespace, reference.name());
        }
        List<LooseTree> listeners = new LooseTree(kafka.get().getAdditionalProperties())
                .at("status", "listeners")
                .items();
        return listeners.stream()
                .filter(listener -> reference.listener().equals(name(listener)))
                .filter(listener -> listener.at("bootstrapServers").text() != null)
                .findFirst()
                .<KafkaState>map(listener -> new KafkaState.Known(new KafkaAccess(
                        listener.at("bootstrapServers").text(),
                        listener.at("certificates").texts())))
                .orElseGet(() -> new KafkaState.NoListener(
                        namespace, reference.name(), reference.listener(), published(listeners)));
    }

    private static List<String> published(List<LooseTree> listeners) {
        return listeners.stream()
                .map(KafkaReader::name)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    /** Strimzi before 0.40 published {@code type}; {@code name} since then. */
    private static String name(LooseTree listener) {
        String name = listener.at("name").text();
        return name == null ? listener.at("type").text() : name;
    }
}
