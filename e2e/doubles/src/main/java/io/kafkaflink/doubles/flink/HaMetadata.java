package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.client.KubernetesClient;

/** High-availability ConfigMaps that real Flink keeps on the API server. */
record HaMetadata(KubernetesClient client) {

    /** Whether a job has its ConfigMap. */
    boolean of(DeploymentKey key, String jobId) {
        return client.configMaps()
                        .inNamespace(key.namespace())
                        .withName(HaConfigMaps.name(key, jobId))
                        .get()
                != null;
    }

    /** Deletes everything with the cluster's name, as the operator does. */
    void delete(DeploymentKey key) {
        client.configMaps()
                .inNamespace(key.namespace())
                .withLabel("app", key.name())
                .withLabel("type", "flink-native-kubernetes")
                .delete();
    }
}
