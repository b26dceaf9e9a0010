package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Resources as the real operators wrote them on a real cluster (FKO 1.15.0, Strimzi 1.2.0), shortened. */
final class Recorded {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Recorded() {}

    static GenericKubernetesResource flinkDeployment(String name) {
        return read("flinkdeployment-" + name);
    }

    static GenericKubernetesResource kafkaTopic(String name) {
        return read("kafkatopic-" + name);
    }

    static GenericKubernetesResource read(String name) {
        try (InputStream json = Recorded.class.getResourceAsStream("/recorded/" + name + ".json")) {
            return SERIALIZATION.unmarshal(json, GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GenericKubernetesResource yaml(String yaml) {
        return SERIALIZATION.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
