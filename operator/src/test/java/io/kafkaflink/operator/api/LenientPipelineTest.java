package io.kafkaflink.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientPipelineTest {
    private final KubernetesSerialization serialization = ResourceSerialization.lenient();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    source: 5                                          | spec.source:
                    transforms: [null]                                 | spec:
                    deletionPolicy: Burn                               | spec.deletionPolicy:
                    state: {dir: a, maxParallelism: many}              | spec.state.maxParallelism:
                    suspend: false                                     | spec.source: is missing
                    source: {kafka: {topics: [{partitions: 1}]}}       | spec.source.kafka.topics[0].name: is missing
                    """)
    @DisplayName("a spec that cannot be read is null, with the field, and stays so through a copy")
    void unreadable(String spec, String reason) {
        KafkaFlinkPipeline pipeline = read("spec: {" + spec + "}");

        assertThat(pipeline.getSpec()).isNull();
        assertThat(pipeline.getMetadata().getName()).isEqualTo("clicks");
        assertThat(pipeline.getUnreadable()).startsWith(reason);
        assertThat(serialization.clone(pipeline).getUnreadable()).isEqualTo(pipeline.getUnreadable());
    }

    @Test
    @DisplayName("a status that cannot be read counts as none, and does not touch the spec")
    void status() {
        KafkaFlinkPipeline pipeline = read("status: {topics: 5}");

        assertThat(pipeline.getStatus()).isNull();
        assertThat(pipeline.getUnreadable()).isNull();
    }

    @Test
    @DisplayName("the reason is never part of what is sent with other serializations")
    void notSent() {
        KafkaFlinkPipeline pipeline = read("spec: {source: 5}");

        assertThat(new KubernetesSerialization().asJson(pipeline)).doesNotContain("unreadable");
    }

    private KafkaFlinkPipeline read(String part) {
        return serialization.unmarshal(
                "apiVersion: kafkaflink.io/v1alpha1\nkind: KafkaFlinkPipeline\nmetadata: {name: clicks}\n" + part
                        + "\n",
                KafkaFlinkPipeline.class);
    }
}
