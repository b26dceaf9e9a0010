package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the series of pipelines")
class PipelineSeriesTest {
    private static final String SPEC = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: clicks, namespace: shop}
            spec:
              kafka: {bootstrapServers: "kafka:9092"}
              source:
                kafka:
                  topics: [{name: clicks, partitions: 4}, {name: views, partitions: 2}]
                  format: {string: {}}
              sinks:
              - {name: main, kafka: {topic: {name: out, partitions: 4}, format: {string: {}}, delivery: {transactionTimeout: 15m}}}
              - {name: log, print: {}}
              flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
              state: {dir: "s3://bucket/flink"}
            """;

    private final OperatorMetrics metrics = new OperatorMetrics(new BuildInfo("1.2.3", "abc"));
    private final List<KafkaFlinkPipeline> pipelines = new ArrayList<>();

    private static KafkaFlinkPipeline pipeline(String status) {
        return Serialization.unmarshal(SPEC + status, KafkaFlinkPipeline.class);
    }

    private List<String> scraped() {
        return metrics.scrape()
                .lines()
                .filter(line -> line.matches("kafkaflink_(pipeline|upgrade_step|transaction).*"))
                .map(line -> line.replace("name=\"clicks\",namespace=\"shop\"", "ID"))
                .toList();
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    @DisplayName("a running pipeline in an upgrade whose old job has stopped")
    void upgrading() {
        pipelines.add(pipeline("""
                status:
                  partitions: 2
                  conditions:
                  - {type: Ready, status: "False", reason: Go, message: m, lastTransitionTime: "2026-11-24T12:00:00Z"}
                  deployed:
                    revision: clicks-1
                    parallelism: 2
                    flinkVersion: v2_2
                    connectorVersion: 5.0.0
                    flinkDeployment: clicks-a
                  upgrade:
                    id: u1
                    kind: Growth
                    step: Go
                    to: clicks-2
                    startedAt: "2026-11-24T11:00:00Z"
                    stepStartedAt: "2026-11-24T12:00:05Z"
                    savepoint: s3://b/savepoint-1
                  savepoints:
                  - {path: "s3://b/savepoint-1", takenAt: "2026-11-24T12:00:00Z"}
                """));
        metrics.show(pipelines::stream);

        assertThat(scraped())
                .containsExactlyInAnyOrder(
                        "kafkaflink_pipeline_condition{ID,status=\"true\",type=\"Ready\"} 0.0",
                        "kafkaflink_pipeline_condition{ID,status=\"false\",type=\"Ready\"} 1.0",
                        "kafkaflink_pipeline_condition{ID,status=\"unknown\",type=\"Ready\"} 0.0",
                        "kafkaflink_pipeline_condition_reason{ID,reason=\"Go\",type=\"Ready\"} 1.0",
                        "kafkaflink_pipeline_condition_changed_timestamp_seconds{ID,type=\"Ready\"} 1.7955216E9",
                        "kafkaflink_pipeline_info{connector_version=\"5.0.0\",flink_deployment=\"clicks-a\","
                                + "flink_version=\"v2_2\",ID,revision=\"clicks-1\"} 1",
                        "kafkaflink_pipeline_partitions_desired{ID} 4.0",
                        "kafkaflink_pipeline_partitions{ID} 2.0",
                        "kafkaflink_pipeline_parallelism{ID} 2.0",
                        "kafkaflink_upgrade_step{kind=\"Growth\",ID,step=\"3 Go\"} 1.0",
                        "kafkaflink_upgrade_step_started_timestamp_seconds{ID} 1.795521605E9",
                        "kafkaflink_transaction_deadline_timestamp_seconds{ID} 1.7955225E9");
    }

    @Test
    @DisplayName("vanish with their resource, and show nothing of one that nobody has looked at yet")
    void vanish() {
        pipelines.add(pipeline("status: {partitions: 2}"));
        pipelines.add(pipeline(""));
        metrics.show(pipelines::stream);
        assertThat(scraped())
                .containsExactly(
                        "kafkaflink_pipeline_partitions{ID} 2.0", "kafkaflink_pipeline_partitions_desired{ID} 4.0");

        pipelines.clear();

        assertThat(scraped()).isEmpty();
    }

    @Test
    @DisplayName("before the operator has a cache there are none")
    void empty() {
        metrics.show(Stream::empty);
        assertThat(scraped()).isEmpty();
    }
}
