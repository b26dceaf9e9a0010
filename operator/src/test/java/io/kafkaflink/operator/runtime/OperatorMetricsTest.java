package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    @DisplayName("the build and the JVM are among the metrics")
    void scrape() {
        try (OperatorMetrics metrics = new OperatorMetrics(new BuildInfo("1.2.3", "abc"))) {
            assertThat(metrics.scrape())
                    .contains("kafkaflink_operator_build_info{commit=\"abc\",version=\"1.2.3\"} 1")
                    .contains("jvm_memory_used_bytes")
                    .contains("process_uptime_seconds");
        }
    }

    @Test
    @DisplayName("steps, ends and downtimes of upgrades are counted once")
    void upgrades() {
        try (OperatorMetrics metrics = new OperatorMetrics(new BuildInfo("1.2.3", "abc"))) {
            PipelineStatus idle = PipelineStatus.EMPTY;
            PipelineStatus stopping = idle.withUpgrade(
                    new UpgradeStatus("u1", "Configuration", "Stop", "p1-1", "p1-2", NOON, NOON, null));
            PipelineStatus going = idle.withUpgrade(new UpgradeStatus(
                    "u1", "Configuration", "Go", "p1-1", "p1-2", NOON, NOON.plusSeconds(3), "s3://b/savepoint-1"));

            metrics.upgrades().written(idle, stopping);
            metrics.upgrades().written(stopping, stopping);
            metrics.upgrades().written(stopping, going);
            metrics.upgrades().written(going, ended("u1", "5800ms"));
            metrics.upgrades().written(ended("u1", "5800ms"), ended("u1", "5800ms"));
            metrics.upgrades().written(ended("u1", "5800ms"), ended("u2", "a while"));

            assertThat(metrics.scrape())
                    .contains("kafkaflink_upgrade_steps_total{kind=\"Configuration\",step=\"2 Stop\"} 1.0")
                    .contains("kafkaflink_upgrade_steps_total{kind=\"Configuration\",step=\"3 Go\"} 1.0")
                    .contains("kafkaflink_upgrades_total{kind=\"Configuration\",result=\"Succeeded\"} 2.0")
                    .contains("kafkaflink_upgrade_step_duration_seconds_sum{step=\"2 Stop\"} 3.0")
                    .contains("kafkaflink_upgrade_step_duration_seconds_count{step=\"3 Go\"} 1")
                    .contains("kafkaflink_upgrade_downtime_seconds_sum{kind=\"Configuration\"} 5.8");
        }
    }

    @Test
    @DisplayName("every end that an upgrade can have is counted from zero, so that a rate sees the first one")
    void zero() {
        try (OperatorMetrics metrics = new OperatorMetrics(new BuildInfo("1.2.3", "abc"))) {
            assertThat(metrics.scrape())
                    .contains("kafkaflink_upgrades_total{kind=\"Growth\",result=\"RolledBack\"} 0.0")
                    .contains("kafkaflink_upgrades_total{kind=\"Rollback\",result=\"NewUidsNeeded\"} 0.0")
                    .doesNotContain("kind=\"Live\"", "kind=\"None\"");
        }
    }

    private static PipelineStatus ended(String id, String downtime) {
        LastUpgradeStatus last = new LastUpgradeStatus(
                id,
                "Configuration",
                "Succeeded",
                "p1-1",
                "p1-2",
                NOON,
                NOON.plusSeconds(5),
                null,
                downtime,
                null,
                null,
                null,
                null,
                null,
                null);
        return new PipelineStatus(
                1L, null, null, null, null, null, null, last, null, null, null, null, null, null, null, null);
    }
}
