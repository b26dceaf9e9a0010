package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.monitoring.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus makes of the alerts, by its own unit tests of rules. */
class AlertsIT {
    private static final Path TESTS = Path.of("src/test/resources/alerts");

    @TempDir
    Path folder;

    static Set<String> alerts() {
        return AlertFile.names();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    @DisplayName("each fires with the words it should, and does not fire where it should not")
    void unitTests(String alert) throws IOException, InterruptedException {
        Path file = TESTS.resolve(alert + ".yaml");
        List<JsonNode> tests = StreamSupport.stream(
                        Repository.tree(file).path("tests").spliterator(), false)
                .toList();
        assertThat(tests).anyMatch(AlertsIT::fires).anyMatch(test -> !fires(test));
        assertThat(tests.toString()).contains("\"alertname\":\"" + alert + "\"");

        promtool("test", "rules", file.toString()).orFail();
    }

    private static Command.Outcome promtool(String... arguments) throws IOException, InterruptedException {
        return new Command(List.of(Prometheus.PROMTOOL.program().toString()), Map.of()).run(arguments);
    }

    private static boolean fires(JsonNode test) {
        return test.path("alert_rule_test").findValues("exp_alerts").stream().anyMatch(expected -> !expected.isEmpty());
    }

    @Test
    @DisplayName("each file of tests is that of an alert")
    void allUsed() {
        assertThat(Repository.files(TESTS, ".yaml"))
                .extracting(file -> file.getFileName().toString().replace(".yaml", ""))
                .hasSameElementsAs(alerts());
    }

    @Test
    @DisplayName("an alert that never fires fails its test")
    void control() throws IOException, InterruptedException {
        Path rules = Files.writeString(
                folder.resolve("alerts.yaml"), Repository.text(AlertFile.PATH).replace("== 0", "== 2"));
        Path test = Files.writeString(
                folder.resolve("test.yaml"),
                Repository.text(TESTS.resolve("KafkaFlinkPipelineDown.yaml"))
                        .replaceFirst("rule_files: .*", "rule_files: [" + rules + "]"));

        assertThat(promtool("test", "rules", test.toString())).returns(1, Command.Outcome::code);
    }

    @Test
    @DisplayName("the chart's PrometheusRule holds the rules of the file, but for a page's address that is given")
    void rendered() throws IOException, InterruptedException {
        String values = "metrics: {prometheusRule: {enabled: true}}";

        assertThat(render("kafkaflink", values).values()).containsExactlyElementsOf(AlertFile.rules());
        assertThat(render("kafkaflink", "metrics: {prometheusRule: {enabled: true, runbookUrl: 'https://x/'}}")
                        .get("KafkaFlinkOperatorDown")
                        .at("/annotations/runbook_url")
                        .asText())
                .isEqualTo("https://x/KafkaFlinkOperatorDown.md");
    }

    @Test
    @DisplayName(
            "values change threshold, duration and severity of one alert, or take it away; names are those of the release")
    void changed() throws IOException, InterruptedException {
        Map<String, JsonNode> rules = render("east", """
                metrics:
                  prometheusRule:
                    enabled: true
                    alerts:
                      KafkaFlinkSuspendedTooLong: {threshold: 1209600}
                      KafkaFlinkOperatorHeap: {threshold: 0.5}
                      KafkaFlinkPipelineDown: {for: 10m, severity: page}
                      KafkaFlinkOperatorRestarts: {enabled: false}
                """);

        assertThat(rules.keySet()).hasSize(AlertFile.names().size() - 1).doesNotContain("KafkaFlinkOperatorRestarts");
        assertThat(expression(rules, "KafkaFlinkSuspendedTooLong")).contains("}) > 1.2096e+06 and");
        assertThat(expression(rules, "KafkaFlinkOperatorHeap"))
                .endsWith("namespace=\"east\", pod=~\"east-kafkaflink-operator-.*\"}) > 0.5");
        assertThat(rules.get("KafkaFlinkPipelineDown").path("for").asText()).isEqualTo("10m");
        assertThat(rules.get("KafkaFlinkPipelineDown").at("/labels/severity").asText())
                .isEqualTo("page");
        assertThat(rules.get("KafkaFlinkReconcileStuck")
                        .at("/annotations/description")
                        .asText())
                .endsWith("kubectl -n east rollout restart deployment/east-kafkaflink-operator");
        ObjectNode file = Repository.YAML.createObjectNode();
        file.putArray("groups")
                .addObject()
                .put("name", "east")
                .putArray("rules")
                .addAll(List.copyOf(rules.values()));
        Path written = Files.writeString(folder.resolve("rendered.yaml"), Repository.YAML.writeValueAsString(file));
        promtool("check", "rules", written.toString()).orFail();
    }

    private static String expression(Map<String, JsonNode> rules, String alert) {
        return rules.get(alert).path("expr").asText();
    }

    /** By alert, in order; the release is called as its namespace, but in namespace kafkaflink as in the file. */
    private Map<String, JsonNode> render(String namespace, String values) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        String name = namespace.equals("kafkaflink") ? "kafkaflink-operator" : namespace;
        JsonNode rule = Rendering.of(Helm.V4
                        .command()
                        .run(
                                "template",
                                name,
                                Repository.CHART.toString(),
                                "--namespace",
                                namespace,
                                "--values",
                                file.toString())
                        .orFail()
                        .out())
                .single("PrometheusRule");
        return StreamSupport.stream(rule.at("/spec/groups/0/rules").spliterator(), false)
                .collect(Collectors.toMap(
                        found -> found.path("alert").asText(),
                        Function.identity(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
