package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JobConfigurationCheckTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    record Case(String name, Map<String, JsonNode> set, List<String> expect) {}

    @TestFactory
    Stream<DynamicTest> finds() throws IOException {
        try (InputStream cases = getClass().getResourceAsStream("/violations.yaml")) {
            return YAML.readValue(cases, new TypeReference<List<Case>>() {}).stream()
                    .map(test -> DynamicTest.dynamicTest(test.name(), () -> check(test)));
        }
    }

    @Test
    void survivesAConfigurationOfNothing() throws InvalidJobConfiguration {
        JobConfiguration nothing = JobConfigurationYaml.read("{}".getBytes());
        assertThat(JobConfigurationCheck.violations(nothing))
                .extracting(Violation::path)
                .containsExactly(
                        "formatVersion",
                        "namespace",
                        "name",
                        "flinkVersion",
                        "connectorVersion",
                        "source",
                        "sinks",
                        "uids");
    }

    @Test
    void staysOnOneShortLine() {
        Violation violation = new Violation("p", "x\n".repeat(500_000), "y", "z");
        assertThat(violation.message()).doesNotContain("\n").hasSizeLessThan(300);
    }

    private static void check(Case test) throws Exception {
        JsonNode tree = YAML.readTree(JobConfigurationYaml.write(Clickstream.CONFIGURATION));
        test.set().forEach((pointer, value) -> set(tree, JsonPointer.compile(pointer), value));
        JobConfiguration configuration = JobConfigurationYaml.read(YAML.writeValueAsBytes(tree));
        assertThat(JobConfigurationCheck.violations(configuration))
                .extracting(Violation::message)
                .containsExactlyElementsOf(test.expect());
    }

    private static void set(JsonNode tree, JsonPointer pointer, JsonNode value) {
        JsonNode parent = tree.at(pointer.head());
        boolean remove = value == null || value.isNull();
        if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), value);
        } else if (remove) {
            ((ObjectNode) parent).remove(pointer.last().getMatchingProperty());
        } else {
            ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), value);
        }
    }
}
