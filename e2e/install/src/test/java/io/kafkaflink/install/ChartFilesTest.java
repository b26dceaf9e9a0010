package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart's files against each other and against what they are copies of. */
class ChartFilesTest {
    private static final Path README = Repository.CHART.resolve("README.md");
    private static final String TABLE_START = "<!-- values: written by the tests of e2e/install -->\n";
    private static final String TABLE_END = "<!-- end of values -->\n";

    private final JsonNode schema = Repository.tree(Repository.CHART.resolve("values.schema.json"));
    private final JsonNode values = Repository.tree(Repository.CHART.resolve("values.yaml"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crds/kafkaflinkpipelines.kafkaflink.io.yaml",
                "k8s/base/role-pipelines.yaml",
                "k8s/base/role-topics.yaml",
                "k8s/base/role-leader-election.yaml"
            })
    @DisplayName("definition and roles in the chart are those of crds/ and k8s/base (`make chart` copies them)")
    void copies(String source) {
        Path file = Repository.ROOT.resolve(source);
        Golden.assertMatches(Repository.CHART.resolve("files").resolve(file.getFileName()), Repository.text(file));
    }

    @Test
    @DisplayName("every value has a place in the schema, and the schema names no value that is not there")
    void valuesAndSchema() {
        Map<String, JsonNode> described = new TreeMap<>();
        leaves("", schema, described);
        described.remove("global");
        List<String> missing = new ArrayList<>();
        described.keySet().forEach(path -> {
            if (values.at("/" + path.replace('.', '/')).isMissingNode()) {
                missing.add(path);
            }
        });

        assertThat(missing).as("in the schema, not in values.yaml").isEmpty();
        assertThat(described.values())
                .allSatisfy(
                        field -> assertThat(field.path("description").asText()).endsWith("."));
    }

    @Test
    @DisplayName("the README's table is what schema and values say")
    void readme() {
        Map<String, JsonNode> described = new TreeMap<>();
        leaves("", schema, described);
        described.remove("global");
        StringBuilder table = new StringBuilder("| Value | Default | Meaning |\n|---|---|---|\n");
        described.forEach((path, field) -> table.append("| `%s` | `%s` | %s |\n"
                .formatted(
                        path,
                        values.at("/" + path.replace('.', '/')),
                        field.path("description").asText())));
        String page = Repository.text(README);
        int start = page.indexOf(TABLE_START) + TABLE_START.length();
        int end = page.indexOf(TABLE_END);
        assertThat(start).isGreaterThan(TABLE_START.length());

        Golden.assertMatches(README, page.substring(0, start) + "\n" + table + "\n" + page.substring(end));
    }

    @Test
    @DisplayName("Chart.yaml names the resource as it is")
    void chart() {
        JsonNode chart = Repository.tree(Repository.CHART.resolve("Chart.yaml"));
        JsonNode crd = Repository.documents(
                        chart.at("/annotations").path("artifacthub.io/crds").asText())
                .get(0);

        assertThat(crd.path("kind").asText()).isEqualTo(KafkaFlinkPipeline.KIND);
        assertThat(crd.path("version").asText()).isEqualTo(KafkaFlinkPipeline.VERSION);
        assertThat(crd.path("name").asText() + ".yaml")
                .isEqualTo(Repository.CRD.getFileName().toString());
    }

    private static void leaves(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (!node.has("properties")) {
            leaves.put(path, node);
            return;
        }
        assertThat(node.path("additionalProperties").asText())
                .as("%s refuses unknown names", path)
                .isEqualTo("false");
        node.get("properties")
                .properties()
                .forEach(field -> leaves(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), leaves));
    }
}
