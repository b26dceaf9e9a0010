package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkDeploymentFilterTest {
    private final GenericKubernetesResource before = Recorded.flinkDeployment("running");
    private final GenericKubernetesResource after = Recorded.flinkDeployment("running");

    @ParameterizedTest
    @CsvSource({"lifecycleState, FAILED", "jobManagerDeploymentStatus, MISSING", "error, broken"})
    @DisplayName("a change of state matters")
    void states(String field, String value) {
        status(after).put(field, value);

        assertThat(FlinkDeploymentFilter.matters(before, after)).isTrue();
    }

    @Test
    @DisplayName("a new generation, revision or deletion matters")
    void metadata() {
        after.getMetadata().setGeneration(99L);
        assertThat(FlinkDeploymentFilter.matters(before, after)).isTrue();
        after.getMetadata().setGeneration(before.getMetadata().getGeneration());
        after.getMetadata().setAnnotations(Map.of("kafkaflink.io/revision", "other"));
        assertThat(FlinkDeploymentFilter.matters(before, after)).isTrue();
        after.getMetadata().setAnnotations(null);
        after.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");
        assertThat(FlinkDeploymentFilter.matters(before, after)).isTrue();
    }

    @Test
    @DisplayName("times, resource use and versions do not")
    void chatter() {
        after.getMetadata().setResourceVersion("99999");
        status(after).put("clusterInfo", Map.of("state-size", "1"));
        status(after).put("taskManager", Map.of("replicas", 7));
        Map<String, Object> job = new HashMap<>(new LooseTree(status(after).get("jobStatus")).members());
        job.put("updateTime", "1");
        status(after).put("jobStatus", job);

        assertThat(FlinkDeploymentFilter.matters(before, after)).isFalse();
    }

    private static Map<String, Object> status(GenericKubernetesResource deployment) {
        return new LooseTree(deployment.getAdditionalProperties().get("status")).members();
    }
}
