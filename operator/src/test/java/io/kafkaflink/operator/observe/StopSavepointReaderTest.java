package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StopSavepointReaderTest {
    private final GenericKubernetesResource snapshot = Recorded.read("flinkstatesnapshot-upgrade");

    @Test
    @DisplayName("the completed savepoint of a stop, with deployment, path and time")
    void completed() {
        assertThat(StopSavepointReader.read(snapshot))
                .contains(new StopSavepoint(
                        "p1",
                        "file:/shared/sp/p1/savepoint-16954e-e2d1dc26de6b",
                        Instant.parse("2026-11-21T10:24:54.877277594Z")));
    }

    @Test
    @DisplayName("one under way, one that failed and one that somebody asked for are none")
    void others() {
        snapshot.setAdditionalProperty("status", Map.of("state", "IN_PROGRESS"));
        assertThat(StopSavepointReader.read(snapshot)).isEmpty();
        snapshot.setAdditionalProperty("status", Map.of("state", "FAILED", "path", "s3://b/p"));
        assertThat(StopSavepointReader.read(snapshot)).isEmpty();
        snapshot.setAdditionalProperty("status", Map.of("state", "COMPLETED", "path", "s3://b/p"));
        snapshot.getMetadata().setLabels(Map.of("snapshot.trigger-type", "MANUAL"));
        assertThat(StopSavepointReader.read(snapshot)).isEmpty();
    }
}
