package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.rehearsal.pipeline.TopicOwner.KafkaReference;

/** What foreign operators would have put onto a cluster before anybody creates a pipeline. */
public final class ClusterStandIns {
    private ClusterStandIns() {}

    /** Strimzi's definitions, and the Kafka resource with its listener. */
    public static void strimzi(KubernetesClient client, KafkaReference kafka, String bootstrapServers) {
        Crds.installForeign(client, true, name -> name.endsWith(".strimzi.io"));
        OperatorAccount.ensureNamespace(client, kafka.namespace());
        KafkaStandIn.create(client, kafka, bootstrapServers);
    }

    /** The definitions of the Flink Kubernetes Operator. */
    public static void flinkOperator(KubernetesClient client) {
        Crds.installForeign(client, true, name -> name.endsWith(".flink.apache.org"));
    }
}
