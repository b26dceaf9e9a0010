package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.docs.MarkdownPage;
import io.kafkaflink.operator.plan.UpgradeResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the tables of metrics in docs/operations.md")
class MetricsPageTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static final String PIPELINE = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: clicks, namespace: shop}
            spec:
              source: {kafka: {topics: [{name: clicks, partitions: 4}], format: {string: {}}}}
              sinks: [{name: main, kafka: {topic: {name: out, partitions: 4}, format: {string: {}}}}]
              flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
            status:
              partitions: 2
              conditions:
              - {type: Ready, status: "False", reason: Go, message: m, lastTransitionTime: "2026-11-24T12:00:00Z"}
              deployed: {revision: clicks-1, parallelism: 2}
              upgrade: {id: u2, kind: Growth, step: Go, startedAt: "2026-11-24T12:00:00Z", stepStartedAt: "2026-11-24T12:00:00Z"}
            """;

    @Test
    @DisplayName("hold every metric of ours, and no other")
    void metrics() {
        assertThat(documented()).isEqualTo(exported());
    }

    @Test
    @DisplayName("name every end of an upgrade")
    void results() {
        assertThat(rows().filter(row -> row.codes().get(0).contains("kafkaflink_upgrades_total"))
                        .flatMap(row -> row.codesUnder("Meaning").stream()))
                .containsAll(Stream.of(UpgradeResult.values()).map(Enum::name).toList());
    }

    private static Stream<MarkdownPage.Row> rows() {
        return MarkdownPage.of("docs/operations.md").rows().stream()
                .filter(row -> row.header().get(0).equals("Metric"));
    }

    private static Set<String> documented() {
        return rows().flatMap(row -> row.codes().get(0).stream())
                .filter(name -> name.startsWith("kafkaflink_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of an operator that has seen an upgrade end and whose pipeline is in the next one. */
    private static Set<String> exported() {
        try (OperatorMetrics metrics = new OperatorMetrics(new BuildInfo("1.2.3", "abc"))) {
            PipelineStatus idle = PipelineStatus.EMPTY;
            PipelineStatus stopping =
                    idle.withUpgrade(new UpgradeStatus("u1", "Growth", "Stop", "p-1", "p-2", NOON, NOON, null));
            PipelineStatus ended = idle.withUpgradeEnded(last(), null);
            metrics.upgrades().written(idle, stopping);
            metrics.upgrades().written(stopping, ended);
            KafkaFlinkPipeline pipeline = Serialization.unmarshal(PIPELINE, KafkaFlinkPipeline.class);
            metrics.show(() -> List.of(pipeline).stream());
            return Pattern.compile("(?m)^# TYPE (kafkaflink_\\w+) ")
                    .matcher(metrics.scrape())
                    .results()
                    .map(found -> found.group(1).replaceFirst("_seconds_max$", "_seconds"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static LastUpgradeStatus last() {
        Instant end = NOON.plusSeconds(5);
        return new LastUpgradeStatus(
                "u1", "Growth", "Succeeded", "p-1", "p-2", NOON, end, null, "5s", null, null, null, null, null, null);
    }
}
