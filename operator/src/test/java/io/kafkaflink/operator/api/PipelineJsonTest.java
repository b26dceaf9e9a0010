package io.kafkaflink.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.model.Transform;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.FlinkSpec;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelineJsonTest {
    private static final String MINIMAL = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: clicks, namespace: shop}
            spec:
              kafka: {bootstrapServers: "kafka:9092"}
              source:
                kafka:
                  topics:
                  - {name: clicks, management: External, partitions: 4}
                  format: {string: {}}
              transforms:
              - {id: spread, rebalance: {}}
              sinks:
              - {name: out, print: {}}
              flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
              state: {dir: "s3://bucket/flink"}
            """;

    private final KubernetesSerialization serialization = ResourceSerialization.lenient();

    @Test
    @DisplayName("a minimal pipeline has every default, so that readers never meet null where a default exists")
    void defaults() {
        PipelineSpec spec = read(MINIMAL).getSpec();

        assertThat(spec.suspend()).isFalse();
        assertThat(spec.deletionPolicy()).isEqualTo(PipelineSpec.DeletionPolicy.StopWithSavepoint);
        assertThat(spec.eventTime().maxOutOfOrderness()).isEqualTo("5s");
        assertThat(spec.state().checkpointInterval()).isEqualTo("10s");
        assertThat(spec.state().maxParallelism()).isEqualTo(720);
        assertThat(spec.flink().jobManager().resource()).isEqualTo(new FlinkSpec.Resource(1.0, "2g"));
        assertThat(spec.upgrade().stepTimeouts().savepoint()).isEqualTo("5m");
        assertThat(spec.transforms().get(0).rebalance()).isEqualTo(new Transform.Rebalance());
        assertThat(spec.source().kafka().topics().get(0).deletionPolicy()).isEqualTo(Topic.DeletionPolicy.Retain);
    }

    @Test
    @DisplayName("what was read is written again as an equal resource, empty members of unions included")
    void roundTrip() {
        KafkaFlinkPipeline pipeline = read(MINIMAL);

        String written = serialization.asYaml(pipeline);

        assertThat(written).contains("rebalance: {}").contains("print: {}").contains("string: {}");
        assertThat(read(written).getSpec()).isEqualTo(pipeline.getSpec());
    }

    @Test
    @DisplayName("a field of a newer version of the resource does not keep an older operator from reading it")
    void unknownField() {
        String newer = MINIMAL.replace("state: {dir:", "state: {later: {a: 1}, dir:");

        assertThat(read(newer).getSpec()).isEqualTo(read(MINIMAL).getSpec());
    }

    @Test
    @DisplayName("a topic configuration keeps its scalar types, and an entry that is null counts as absent")
    void topicConfiguration() {
        Map<String, Object> config =
                Map.of("retention.ms", 604800000, "preallocate", true, "cleanup.policy", "compact");
        String yaml = MINIMAL.replace(
                "{name: clicks, management: External, partitions: 4}",
                "{name: clicks, partitions: 4, config: {retention.ms: 604800000, preallocate: true,"
                        + " cleanup.policy: compact, segment.ms: null}}");

        assertThat(read(yaml).getSpec().source().kafka().topics().get(0).config())
                .isEqualTo(config);
    }

    @Test
    @DisplayName("the status of a new resource is written without empty lists")
    void emptyStatus() {
        assertThat(serialization.asJson(PipelineStatus.EMPTY)).isEqualTo("{}");
    }

    @Test
    @DisplayName("times are written as Kubernetes writes them")
    void times() {
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        Condition ready = new Condition("Ready", Condition.Status.True, "Running", "The job runs.", 1L, noon);
        String json = serialization.asJson(ready);

        assertThat(json)
                .contains("\"lastTransitionTime\":\"2026-11-24T12:00:00Z\"")
                .contains("\"status\":\"True\"");
        assertThat(serialization.unmarshal(json, Condition.class)).isEqualTo(ready);
    }

    @Test
    @DisplayName("the ledger keeps the ten newest savepoints")
    void ledger() {
        List<SavepointStatus> twelve =
                Collections.nCopies(12, new SavepointStatus("s3://bucket/savepoint-1", null, null, null, null));
        PipelineStatus status = new PipelineStatus(
                1L, null, null, null, null, null, null, null, twelve, null, null, null, null, null, null, null);

        assertThat(status.savepoints()).hasSize(PipelineStatus.LEDGER_SIZE);
    }

    @Test
    @DisplayName("another upgrade under way changes nothing else of the status")
    void withUpgrade() {
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        PipelineStatus status = new PipelineStatus(
                3L,
                null,
                "RUNNING",
                4,
                null,
                null,
                null,
                null,
                null,
                "shop.clicks",
                "kafka:9092",
                "clicks",
                null,
                null,
                null,
                null);
        UpgradeStatus upgrade = new UpgradeStatus("u1", "Growth", "Savepoint", "r1", "r2", noon, noon, null);

        assertThat(status.withUpgrade(upgrade).upgrade()).isEqualTo(upgrade);
        assertThat(status.withUpgrade(upgrade).withUpgrade(null)).isEqualTo(status);
    }

    private KafkaFlinkPipeline read(String yaml) {
        return serialization.unmarshal(yaml, KafkaFlinkPipeline.class);
    }
}
