package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use. */
class EditorSchemaTest {
    private static final Path FILE = Repository.ROOT.resolve("k8s/schema/kafkaflinkpipeline_v1alpha1.json");
    private static final Path EXAMPLES = Repository.ROOT.resolve("k8s/examples");

    private final JsonNode generated = EditorSchema.of(Repository.tree(Repository.CRD));
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(generated);

    static List<Path> examples() {
        return Repository.files(EXAMPLES, ".yaml");
    }

    @Test
    @DisplayName("the committed file is what the CRD gives")
    void committed() throws JsonProcessingException {
        Golden.assertMatches(
                FILE, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(generated) + "\n");
        assertThat(generated.toString()).doesNotContain("x-kubernetes");
    }

    @ParameterizedTest
    @MethodSource("examples")
    @DisplayName("the examples are valid")
    void valid(Path example) {
        assertThat(schema.validate(Repository.tree(example))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    flinkVersion: v2_2     | flinkVersoin: v2_2     | property 'flinkVersoin' is not defined in the schema
                    partitions: 2          | partitions: two        | string found, integer expected
                    kind: KafkaFlinkPipeline | kind: Pipeline       | must be the constant value 'KafkaFlinkPipeline'
                    """)
    @DisplayName("typos and wrong types are named")
    void invalid(String found, String replacement, String message) {
        String text = Repository.text(EXAMPLES.resolve("prefix.yaml"));
        assertThat(text).contains(found);

        assertThat(schema.validate(Repository.documents(text.replaceFirst(found, replacement))
                        .get(0)))
                .extracting(ValidationMessage::getMessage)
                .anySatisfy(said -> assertThat(said).contains(message));
    }
}
