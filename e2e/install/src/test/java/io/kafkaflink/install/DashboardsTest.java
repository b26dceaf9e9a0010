package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.monitoring.Dashboard;
import io.kafkaflink.monitoring.PromQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards beside what the operator exports. Prometheus answers them in ReleaseIT and RehearsalIT. */
class DashboardsTest {

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    @DisplayName("there is one of the operator and one of the pipelines")
    void two() {
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.tree().path("title").asText())
                .containsExactlyInAnyOrder("KafkaFlink operator", "KafkaFlink pipelines");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    @DisplayName("every metric is one that the operator is said and tested to export, or one of Flink's")
    void metrics(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .hasSizeGreaterThan(15)
                .allSatisfy(query -> assertThat(new PromQuery(query).metrics()).isNotEmpty())
                .flatMap(query -> List.copyOf(new PromQuery(query).metrics()))
                .allSatisfy(AlertsTest::exists);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    @DisplayName("panels have ids and places of their own, and ask the data source that was chosen")
    void panels(Dashboard dashboard) {
        List<JsonNode> panels = dashboard.tree().findParents("gridPos");
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .allSatisfy(panel ->
                        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}"));
        for (JsonNode one : panels) {
            assertThat(panels)
                    .filteredOn(other -> other != one && overlap(one.path("gridPos"), other.path("gridPos")))
                    .isEmpty();
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return share(one, other, "x", "w") && share(one, other, "y", "h");
    }

    /** Whether two spans share something. */
    private static boolean share(JsonNode one, JsonNode other, String start, String length) {
        return one.path(start).asInt()
                        < other.path(start).asInt() + other.path(length).asInt()
                && other.path(start).asInt()
                        < one.path(start).asInt() + one.path(length).asInt();
    }

    @Test
    @DisplayName("a query names its metrics, whatever stands around them")
    void names() {
        assertThat(new PromQuery(
                                "label_replace(max by (job_name) (a_b{x=\"c_d\"}[5m]) == e_f offset 5m, \"n\", \"$1\", \"o\", \"p\")"
                                        + " and on (q) (time() - g:h_i) or vector(0)")
                        .metrics())
                .isEqualTo(Map.of("a_b", 1, "e_f", 2, "g:h_i", 3).keySet());
    }
}
