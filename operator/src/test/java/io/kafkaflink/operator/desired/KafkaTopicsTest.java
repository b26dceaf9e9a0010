package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaTopicsTest {
    private static final PipelineId PIPELINE = new PipelineId("shop", "clicks", "uid");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            clusterRef: {name: prod, listener: l}                                                        | shop   | prod  | shop/prod
            clusterRef: {name: prod, namespace: kafka, listener: l}                                      | kafka  | prod  | kafka/prod
            clusterRef: {name: prod, namespace: kafka, listener: l}, topicOperator: {namespace: topics}  | topics | prod  | kafka/prod
            clusterRef: {name: prod, namespace: kafka, listener: l}, topicOperator: {cluster: other}     | kafka  | other | kafka/prod
            bootstrapServers: "k:9092", topicOperator: {cluster: prod, namespace: kafka}                 | kafka  | prod  | kafka/prod
            bootstrapServers: "k:9092", topicOperator: {cluster: prod}                                   | shop   | prod  | shop/prod
            bootstrapServers: "k:9092"                                                                   | shop   |       | k:9092
            """)
    void whereTopicsGo(String kafka, String namespace, String cluster, String identity) {
        PipelineSpec spec = spec("{" + kafka + "}");

        assertThat(KafkaTopics.namespace(spec, PIPELINE)).isEqualTo(namespace);
        assertThat(KafkaTopics.clusterIdentity(spec, PIPELINE)).isEqualTo(identity);
        if (cluster == null) {
            assertThat(KafkaTopics.managed(spec, PIPELINE)).isEmpty();
        } else {
            assertThat(KafkaTopics.managed(spec, PIPELINE))
                    .singleElement()
                    .satisfies(topic -> assertThat(topic.namespace()).isEqualTo(namespace))
                    .satisfies(topic -> assertThat(topic.cluster()).isEqualTo(cluster));
        }
    }

    @Test
    @DisplayName("numbers in a topic's config are as the API server returns them")
    void config() {
        DesiredTopic topic = new DesiredTopic(
                "kafka",
                "clicks",
                "prod",
                "clicks",
                1,
                null,
                Map.of("retention.ms", 5L, "min.cleanable.dirty.ratio", 1.0, "segment.ms", 604800000000L),
                null);

        assertThat(topic.config())
                .isEqualTo(Map.of("retention.ms", 5, "min.cleanable.dirty.ratio", 1, "segment.ms", 604800000000L));
        assertThat(topic.withResourceName("other").resourceName()).isEqualTo("other");
        assertThat(KafkaTopics.toResource(topic, PIPELINE).getStatus()).isNull();
        assertThat(KafkaTopics.toResource(topic, PIPELINE).getMetadata().getOwnerReferences())
                .isEmpty();
    }

    private static PipelineSpec spec(String kafka) {
        return GoldenCase.pipeline("""
                apiVersion: kafkaflink.io/v1alpha1
                kind: KafkaFlinkPipeline
                metadata: {name: clicks, namespace: shop}
                spec:
                  kafka: %s
                  source:
                    kafka:
                      topics: [{name: clicks, partitions: 1}]
                      format: {string: {}}
                  sinks: [{name: out, print: {}}]
                  flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
                  state: {dir: "s3://bucket/flink"}
                """.formatted(kafka)).getSpec();
    }
}
