package io.kafkaflink.rehearsal.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.stage.JobVersions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final List<UpgradeScenario> scenarios = Catalogue.scenarios();

    @Test
    @DisplayName("names and titles are unique, and short enough for a pipeline's name with suffix and number")
    void names() {
        assertThat(scenarios).extracting(UpgradeScenario::name).doesNotHaveDuplicates();
        assertThat(scenarios).extracting(UpgradeScenario::title).doesNotHaveDuplicates();
        assertThat(scenarios).allSatisfy(scenario -> {
            assertThat((scenario.name() + "-99-numbered").length()).isLessThanOrEqualTo(40);
            assertThat(scenario.title().length()).isLessThanOrEqualTo(36);
        });
        assertThat(UpgradeRehearsal.names()).hasSize(scenarios.size() + 3);
    }

    @Test
    @DisplayName("every scenario ends by waiting for what it is expected to come to")
    void endings() {
        assertThat(scenarios).allSatisfy(scenario -> assertThat(
                        scenario.steps().get(scenario.steps().size() - 1).what())
                .isEqualTo("wait for " + scenario.ending().word()));
    }

    @Test
    @DisplayName("the pipeline of a scenario has its versions and partitions, and checkpoints every 2 s")
    void pipeline() {
        ObjectNode manifest = UpgradePipeline.of(
                        "flink", new JobVersions("2.1", "5.0.0"), 4, "127.0.0.1:9092", "file:///state")
                .manifest();

        assertThat(manifest.at("/metadata/name").asText()).isEqualTo("flink-numbered");
        assertThat(manifest.at("/spec/flink/flinkVersion").asText()).isEqualTo("v2_1");
        assertThat(manifest.at("/spec/flink/connectorVersion").asText()).isEqualTo("5.0.0");
        assertThat(manifest.at("/spec/source/kafka/topics/0/partitions").asInt())
                .isEqualTo(4);
        assertThat(manifest.at("/spec/state/checkpointInterval").asText()).isEqualTo("2s");
    }
}
