package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckpointReaderTest {
    private static final String JOB = "088f0c0ce3e493f1eaacddca890da95a";

    @Test
    @DisplayName("deployment, job and newest checkpoint of a job's ConfigMap")
    void job() {
        ConfigMap configMap = configMap(
                "my-clicks-a-" + JOB + "-config-map",
                Map.of(
                        "checkpointID-0000000000000000009", "x",
                        "checkpointID-0000000000000000010", "x",
                        "checkpointID-99999999999999999999", "x",
                        "counter", "11"));

        assertThat(CheckpointReader.deployment(configMap)).contains("my-clicks-a");
        assertThat(CheckpointReader.jobId(configMap)).contains(JOB);
        assertThat(CheckpointReader.newest(configMap)).hasValue(10);
    }

    @Test
    @DisplayName("the ConfigMap of the cluster belongs to no job; one without data has no checkpoint")
    void others() {
        assertThat(CheckpointReader.deployment(configMap("clicks-a-cluster-config-map", Map.of())))
                .isEmpty();
        assertThat(CheckpointReader.newest(configMap("a", null))).isEmpty();
        assertThat(CheckpointReader.completed(configMap("a", Map.of("counter", "1"))))
                .isFalse();
    }

    @Test
    @DisplayName("the cache keeps the names of checkpoints and nothing else")
    void reduced() {
        CheckpointStore store = new CheckpointStore();
        ConfigMap full =
                configMap("a", Map.of("checkpointID-0000000000000000001", "x".repeat(100_000), "counter", "2"));

        store.put("ns/a", full);

        ConfigMap kept = store.get("ns/a");
        assertThat(kept.getData()).isEqualTo(Map.of("checkpointID-0000000000000000001", ""));
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(CheckpointReader.completed(kept)).isTrue();
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("ns")
                .withResourceVersion("7")
                .endMetadata()
                .withData(data)
                .build();
    }
}
