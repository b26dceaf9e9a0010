package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kafkaflink.operator.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCrdTest {
    private static final Path COMMITTED = Path.of("../crds", CrdWriter.FILE_NAME);
    /** Of JSON, the form that the API server keeps and that client-side apply puts into an annotation. */
    private static final int LIMIT_BYTES = 100_000;

    private final ObjectNode crd = GeneratedCrd.tree();
    private final JsonNode version = crd.at("/spec/versions/0");
    private final JsonNode schema = version.at("/schema/openAPIV3Schema");

    @Test
    @DisplayName("the committed CRD is what the records give")
    void committed() {
        GoldenFile.assertMatches(COMMITTED, GeneratedCrd.yaml());
    }

    @Test
    @DisplayName("the committed reference page is what the CRD gives")
    void reference() {
        GoldenFile.assertMatches(Path.of("../docs", CrdWriter.REFERENCE_NAME), ApiReference.markdown(crd));
    }

    @Test
    @DisplayName("the CRD on the class path is the committed one")
    void onTheClassPath() throws IOException {
        try (InputStream packed = getClass().getResourceAsStream("/crds/" + CrdWriter.FILE_NAME)) {
            assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(COMMITTED));
        }
    }

    @Test
    @DisplayName("the YAML text says the same as the tree: no text is taken for a number, a date or a truth value")
    void textMeansTheTree() throws IOException {
        assertThat(new ObjectMapper(new YAMLFactory()).readTree(GeneratedCrd.yaml()))
                .isEqualTo(crd);
    }

    @Test
    @DisplayName("the writer writes CRD and page, and says what it needs")
    void writer(@TempDir Path directory) throws IOException {
        CrdWriter.main(new String[] {
            directory.resolve("crds").toString(), directory.resolve("my docs").toString()
        });

        assertThat(directory.resolve("crds").resolve(CrdWriter.FILE_NAME)).hasContent(GeneratedCrd.yaml());
        assertThat(directory.resolve("my docs").resolve(CrdWriter.REFERENCE_NAME))
                .hasContent(ApiReference.markdown(crd));
        assertThatThrownBy(() -> CrdWriter.main(new String[0])).hasMessageContaining("directory to write");
    }

    @Test
    @DisplayName("the CRD is small enough for the annotation of client-side apply")
    void size() {
        assertThat(crd.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LIMIT_BYTES);
    }

    @Test
    @DisplayName("every field has a description that ends like a sentence")
    void descriptions() {
        List<String> missing = new ArrayList<>();
        eachField("", schema, (path, field) -> {
            if (!field.path("description").asText().endsWith(".")) {
                missing.add(path);
            }
        });

        assertThat(missing).isEmpty();
        assertThat(schema.path("description").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("every rule says in plain words what was expected")
    void messages() {
        List<JsonNode> rules = schema.findValues("x-kubernetes-validations").stream()
                .flatMap(JsonNode::valueStream)
                .toList();

        assertThat(rules)
                .hasSizeGreaterThan(20)
                .allSatisfy(rule -> assertThat(rule.path("message").asText()).hasSizeGreaterThan(20));
    }

    @Test
    @DisplayName("every list is bounded in the spec, and every text that a rule reads has a length")
    void bounds() {
        List<String> unbounded = new ArrayList<>();
        eachField("", schema.at("/properties/spec"), (path, field) -> {
            boolean isFreeText = field.path("type").asText().equals("string") && !field.has("enum");
            if (field.has("items") && !field.has("maxItems") || isFreeText && !field.has("maxLength")) {
                unbounded.add(path);
            }
        });

        assertThat(unbounded).isEmpty();
    }

    @Test
    @DisplayName("no form that the API server would drop or change")
    void canonical() {
        String json = crd.toString();

        assertThat(json)
                .doesNotContain("\"priority\":0", "\"deprecated\":false", "\"nullable\":false", "Minimum\":false")
                .doesNotContain("\"required\":[]", "\"enum\":[]", "\"shortNames\":[]", "\"properties\":{}", ":null")
                .doesNotContainPattern("\"(description|format|pattern|message|fieldPath|messageExpression)\":\"\"")
                .doesNotContainPattern("[0-9]\\.0[,}\\]]");
    }

    @Test
    @DisplayName("columns stand in the order in which people read them")
    void columns() {
        assertThat(version.path("additionalPrinterColumns").valueStream())
                .extracting(column ->
                        column.path("name").asText() + (column.path("priority").asInt() == 1 ? " (wide)" : ""))
                .containsExactly(
                        "Ready",
                        "Reason",
                        "Job",
                        "Partitions",
                        "Parallelism",
                        "Upgrade",
                        "Age",
                        "Flink (wide)",
                        "Connector (wide)",
                        "Message (wide)");
    }

    @Test
    @DisplayName("a new object has a status that kstatus reads as in progress")
    void statusDefault() {
        assertThat(schema.at("/properties/status/default").toString()).isEqualTo("{\"observedGeneration\":-1}");
    }

    @Test
    @DisplayName("the CRD can stand in a Helm template as it is")
    void helm() {
        assertThat(GeneratedCrd.yaml()).doesNotContain("{{").doesNotContain("}}");
    }

    private static void eachField(String path, JsonNode object, BiConsumer<String, JsonNode> visitor) {
        object.path("properties").properties().forEach(property -> {
            JsonNode field = property.getValue();
            String inner = path + "." + property.getKey();
            visitor.accept(inner, field);
            eachField(inner, field.has("items") ? field.path("items") : field, visitor);
        });
    }
}
