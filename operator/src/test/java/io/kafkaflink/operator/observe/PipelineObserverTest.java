package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.Slot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelineObserverTest {
    private static final String PIPELINE = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: p1, namespace: default, uid: u1, creationTimestamp: "2026-11-21T10:00:00Z"}
            spec:
              kafka:
                clusterRef: {name: prod, namespace: kafka, listener: plain}
              source:
                kafka:
                  topics: [{name: t1, partitions: 4}, {name: outside, management: External, partitions: 1}]
                  format: {string: {}}
              sinks: [{name: out, print: {}}]
              flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
              state: {dir: "s3://b/f"}
            """;

    private final FakeCaches caches = new FakeCaches();
    private final PipelineObserver observer = new PipelineObserver(new OperatorDefaults(Map.of(), null, "flink", ""));

    @Test
    @DisplayName("definitions that are needed and not served are named; those not needed are not")
    void missingDefinitions() {
        caches.served.clear();
        assertThat(observe(PIPELINE).missingDefinitions())
                .containsExactlyInAnyOrder(
                        "flinkdeployments.flink.apache.org",
                        "flinkstatesnapshots.flink.apache.org",
                        "kafkatopics.kafka.strimzi.io",
                        "kafkas.kafka.strimzi.io");
        String external = PIPELINE.replace("{name: t1, partitions: 4}, ", "")
                .replace("clusterRef: {name: prod, namespace: kafka, listener: plain}", "bootstrapServers: \"k:9092\"");
        assertThat(observe(external).missingDefinitions())
                .containsExactlyInAnyOrder("flinkdeployments.flink.apache.org", "flinkstatesnapshots.flink.apache.org");
    }

    @Test
    @DisplayName("job, stop savepoint, newest checkpoint and topic of the pipeline, from what the real operators wrote")
    void children() {
        GenericKubernetesResource deployment = Recorded.flinkDeployment("running");
        deployment.getMetadata().setName("p1-a");
        GenericKubernetesResource snapshot = Recorded.read("flinkstatesnapshot-upgrade");
        new LooseTree(snapshot.getAdditionalProperties())
                .at("spec", "jobReference")
                .members()
                .put("name", "p1-a");
        caches.resources.addAll(List.of(deployment, snapshot, Recorded.kafkaTopic("grown")));
        caches.configMaps.add(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("p1-a-feb29c895311e37aca60aea375ee658a-config-map")
                .withNamespace("default")
                .endMetadata()
                .addToData("checkpointID-0000000000000000012", "")
                .build());

        Observation seen = observe(PIPELINE);

        assertThat(seen.flinkJob(Slot.A).orElseThrow().healthy()).isTrue();
        assertThat(seen.flinkJob(Slot.B)).isEmpty();
        assertThat(seen.snapshots()).hasSize(1);
        assertThat(seen.checkpoints()).isEqualTo(Map.of("feb29c895311e37aca60aea375ee658a", 12L));
        assertThat(seen.topics("kafka", "t1")).singleElement().satisfies(topic -> assertThat(topic.provenPartitions())
                .contains(4));
    }

    @Test
    @DisplayName("Kafka by reference, once it publishes the listener, or by address")
    void kafka() {
        assertThat(observe(PIPELINE).kafka()).isEqualTo(new KafkaState.NoCluster("kafka", "prod"));
        caches.resources.add(Recorded.yaml("""
                apiVersion: kafka.strimzi.io/v1
                kind: Kafka
                metadata: {name: prod, namespace: kafka}
                status: {listeners: [{name: plain, bootstrapServers: "prod:9092"}]}
                """));
        assertThat(observe(PIPELINE).kafka()).isEqualTo(new KafkaState.Known(new KafkaAccess("prod:9092", List.of())));
    }

    @Test
    @DisplayName("a stored revision that cannot be read counts as lost; one of another pipeline's life is unowned")
    void revisions() {
        caches.revisions.add(new ControllerRevisionBuilder()
                .withNewMetadata()
                .withName("p1-00000000")
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("inputHash", 5))
                .build());

        assertThat(observe(PIPELINE).revisions()).isEmpty();
        assertThat(observe(PIPELINE).unowned()).containsExactly("p1-00000000");
    }

    @Test
    @DisplayName("what others claim: their Kafka, the topics they manage and the group they were given first")
    void claims() {
        caches.rivals.add(read(PIPELINE.replace("name: p1", "name: p2") + "status: {groupId: chosen-long-ago}\n"));

        Claims claims = observe(PIPELINE).others().get(0);

        assertThat(claims.pipeline()).isEqualTo("default/p2");
        assertThat(claims.kafka()).isEqualTo("kafka/prod");
        assertThat(claims.managedTopics()).containsExactly("t1");
        assertThat(claims.groupId()).isEqualTo("chosen-long-ago");
    }

    private Observation observe(String yaml) {
        return observer.observe(read(yaml), caches);
    }

    private static KafkaFlinkPipeline read(String yaml) {
        return ResourceSerialization.lenient().unmarshal(yaml, KafkaFlinkPipeline.class);
    }
}
