package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec.ClusterRef;
import io.kafkaflink.operator.desired.KafkaAccess;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KafkaReaderTest {
    private static final GenericKubernetesResource KAFKA = Recorded.yaml("""
            apiVersion: kafka.strimzi.io/v1
            kind: Kafka
            metadata: {name: prod, namespace: kafka}
            status:
              listeners:
              - {name: plain, bootstrapServers: "prod-kafka-bootstrap.kafka.svc:9092"}
              - {name: tls, bootstrapServers: "prod-kafka-bootstrap.kafka.svc:9093", certificates: [PEM]}
              - {name: starting}
            """);

    @Test
    @DisplayName("the listener's addresses and certificates")
    void known() {
        assertThat(read(Optional.of(KAFKA), "tls"))
                .isEqualTo(
                        new KafkaState.Known(new KafkaAccess("prod-kafka-bootstrap.kafka.svc:9093", List.of("PEM"))));
    }

    @Test
    @DisplayName("no such cluster, no such listener, and a listener without addresses yet")
    void unknown() {
        assertThat(read(Optional.empty(), "tls")).isEqualTo(new KafkaState.NoCluster("kafka", "prod"));
        assertThat(read(Optional.of(KAFKA), "oauth"))
                .isEqualTo(new KafkaState.NoListener("kafka", "prod", "oauth", List.of("plain", "starting", "tls")));
        assertThat(read(Optional.of(KAFKA), "starting")).isInstanceOf(KafkaState.NoListener.class);
    }

    private static KafkaState read(Optional<GenericKubernetesResource> kafka, String listener) {
        return KafkaReader.read(kafka, "kafka", new ClusterRef("prod", "kafka", listener));
    }
}
