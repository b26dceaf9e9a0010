package io.kafkaflink.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelineViewTest {
    private static PipelineView view(String yaml) {
        try {
            return PipelineView.of(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    @DisplayName("before the operator's first visit nothing is reached")
    void unseen() {
        PipelineView view = view("metadata: {generation: 1}\nstatus: {observedGeneration: -1}");

        assertThat(view.runningAt(0)).isFalse();
        assertThat(view.suspended()).isFalse();
        assertThat(view.word()).isEqualTo("not seen by the operator yet");
    }

    @Test
    @DisplayName("running counts only for the newest spec and with the right number of subtasks")
    void running() {
        String status = """
                metadata: {generation: 3}
                status:
                  observedGeneration: %d
                  conditions: [{type: Ready, status: "True", reason: Running, message: runs}]
                  deployed: {parallelism: 4, flinkDeployment: clickstream-a}
                """;

        assertThat(view(status.formatted(3)).runningAt(4)).isTrue();
        assertThat(view(status.formatted(3)).runningAt(2)).isFalse();
        assertThat(view(status.formatted(2)).runningAt(4)).isFalse();
        assertThat(view(status.formatted(3)).flinkDeployment()).isEqualTo("clickstream-a");
    }

    @Test
    @DisplayName("suspended is reached by its own reason and is not running")
    void suspended() {
        PipelineView view = view("""
                metadata: {generation: 3}
                status:
                  observedGeneration: 3
                  conditions: [{type: Ready, status: "True", reason: Suspended, message: stopped}]
                  deployed: {parallelism: 4}
                """);

        assertThat(view.suspended()).isTrue();
        assertThat(view.runningAt(4)).isFalse();
    }

    @Test
    @DisplayName("a refusal is told with reason and message")
    void stalled() {
        PipelineView view = view("""
                metadata: {generation: 1}
                status:
                  observedGeneration: 1
                  conditions:
                  - {type: Ready, status: "False", reason: StateDirMissing, message: name a folder}
                  - {type: Stalled, status: "True", reason: StateDirMissing, message: name a folder}
                """);

        assertThat(view.stalled()).contains("StateDirMissing: name a folder");
        assertThat(view.runningAt(0)).isFalse();
    }
}
