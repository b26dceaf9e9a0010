package io.kafkaflink.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON Schema of the custom resource for editors and offline checks, made from the CRD: Kubernetes' own keywords are left
 * out, and a field that is not there is an error, which in a CRD goes without saying.
 */
final class EditorSchema {
    private EditorSchema() {}

    static ObjectNode of(JsonNode crd) {
        JsonNode version = crd.at("/spec/versions/0");
        ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
        clean(schema);
        ObjectNode properties = (ObjectNode) schema.get("properties");
        String group = crd.at("/spec/group").asText();
        properties
                .putObject("apiVersion")
                .put("const", group + "/" + version.path("name").asText());
        properties.putObject("kind").put("const", crd.at("/spec/names/kind").asText());
        properties.putObject("metadata").put("type", "object");
        ArrayNode required = schema.putArray("required");
        List.of("apiVersion", "kind", "metadata", "spec").forEach(required::add);

        ObjectNode result = schema.objectNode();
        result.put("$schema", "http://json-schema.org/draft-07/schema#");
        result.put("title", crd.at("/spec/names/kind").asText());
        result.setAll(schema);
        return result;
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").isTextual()) {
            boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.has("properties") && !open && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            exclusive(object, "exclusiveMinimum", "minimum");
            exclusive(object, "exclusiveMaximum", "maximum");
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> !name.startsWith("x-kubernetes-"));
            object.remove(names);
        }
        node.forEach(EditorSchema::clean);
    }

    /** In a CRD a flag beside the limit, in JSON Schema since draft 6 the limit itself. */
    private static void exclusive(ObjectNode object, String flag, String limit) {
        if (object.path(flag).isBoolean()) {
            boolean exclusive = object.remove(flag).booleanValue();
            if (exclusive) {
                object.set(flag, object.remove(limit));
            }
        }
    }
}
