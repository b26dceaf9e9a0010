package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
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
}
