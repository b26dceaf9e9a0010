package io.kafkaflink.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kafkaflink.operator.crd.CrdWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** The committed schema of the custom resource, asked for fields and words. */
public record PipelineSchema(JsonNode root) {

    public static PipelineSchema committed() {
        try {
            JsonNode crd = new ObjectMapper(new YAMLFactory())
                    .readTree(MarkdownPage.ROOT
                            .resolve("crds")
                            .resolve(CrdWriter.FILE_NAME)
                            .toFile());
            return new PipelineSchema(crd.at("/spec/versions/0/schema/openAPIV3Schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a field, as in {@code spec.sinks[].kafka.topic}; what is below a free map counts as there. */
    boolean has(String path) {
        JsonNode node = root;
        for (String name : path.split("\\.")) {
            JsonNode field = node.path("properties").path(name.replace("[]", ""));
            if (field.isMissingNode()) {
                return false;
            }
            node = field.has("items") ? field.get("items") : field;
        }
        return true;
    }

    /** The fields of the spec without fields of their own, as in {@code sinks[].kafka.topic.name}. */
    public Set<String> leaves() {
        Set<String> leaves = new TreeSet<>();
        leaves("", root.at("/properties/spec"), leaves);
        return leaves;
    }

    private static void leaves(String path, JsonNode node, Set<String> leaves) {
        JsonNode object = node.has("items") ? node.get("items") : node;
        if (!object.has("properties")) {
            leaves.add(path);
            return;
        }
        String inner = path.isEmpty() ? "" : path + (node.has("items") ? "[]." : ".");
        object.get("properties")
                .properties()
                .forEach(field -> leaves(inner + field.getKey(), field.getValue(), leaves));
    }

    /** Values of enums, and types of conditions as the description of {@code status.conditions} lists them. */
    Set<String> words() {
        Set<String> words = new TreeSet<>();
        root.findValues("enum").forEach(values -> values.forEach(value -> words.add(value.asText())));
        String conditions =
                root.at("/properties/status/properties/conditions/description").asText();
        words.addAll(Set.of(conditions.split("[^A-Za-z]+")));
        return words;
    }
}
