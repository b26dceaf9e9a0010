package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference page of the custom resource in Markdown: one section with a table for each level of the schema. */
final class ApiReference {
    private static final String LIST = "[]";

    private final StringBuilder page = new StringBuilder();

    private ApiReference() {}

    /** Renders the page from a CRD. */
    static String markdown(ObjectNode crd) {
        JsonNode names = crd.at("/spec/names");
        JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema");
        ApiReference reference = new ApiReference();
        reference
                .page
                .append("<!-- Generated from the CRD by make crds; do not edit. -->\n# ")
                .append(names.path("kind").asText())
                .append("\n\n`apiVersion: ")
                .append(crd.at("/spec/group").asText())
                .append('/')
                .append(crd.at("/spec/versions/0/name").asText())
                .append("`, short name `")
                .append(names.at("/shortNames/0").asText())
                .append("`. ")
                .append(schema.path("description").asText())
                .append("\n\nTime spans are a whole number and a unit (ms, s, m, h, d), as in `500ms` or `15m`.\n");
        reference.rules(schema);
        reference.sections("", schema);
        return reference.page.toString();
    }

    private void sections(String path, JsonNode object) {
        for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
            JsonNode schema = property.getValue();
            boolean isList = schema.has("items");
            JsonNode inner = isList ? schema.path("items") : schema;
            if (inner.has("properties")) {
                String innerPath = path + property.getKey() + (isList ? LIST : "");
                section(innerPath, schema, inner);
                sections(innerPath + ".", inner);
            }
        }
    }

    private void section(String path, JsonNode schema, JsonNode object) {
        page.append("\n## ").append(path).append("\n\n");
        page.append(schema.path("description").asText()).append("\n\n");
        page.append("| Field | Type | Default | Description |\n|---|---|---|---|\n");
        for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
            row(path, object, property.getKey(), property.getValue());
        }
        rules(object);
    }

    private void row(String path, JsonNode object, String name, JsonNode schema) {
        page.append("| `").append(name).append("` | ");
        page.append(cell(type(path + "." + name, schema))).append(" | ");
        page.append(cell(defaultOf(object, name, schema))).append(" | ");
        page.append(cell(schema.path("description").asText())).append(" |\n");
    }

    private void rules(JsonNode object) {
        JsonNode rules = object.path("x-kubernetes-validations");
        if (!rules.isEmpty()) {
            page.append("\nRules, in the words in which the API server refuses what breaks them:\n\n");
            rules.forEach(rule ->
                    page.append("- ").append(rule.path("message").asText()).append('\n'));
        }
    }

    private static String type(String path, JsonNode schema) {
        if (schema.has("items")) {
            JsonNode items = schema.path("items");
            return "list of " + (items.has("properties") ? link("objects", path + LIST) : type(path, items))
                    + size(schema);
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .valueStream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.has("additionalProperties")) {
            return "map of " + type(path, schema.path("additionalProperties"));
        }
        return schema.has("properties")
                ? link("object", path)
                : schema.path("type").asText() + range(schema);
    }

    private static String size(JsonNode list) {
        return list.has("maxItems")
                ? ", " + list.path("minItems").asInt() + " to "
                        + list.path("maxItems").asInt()
                : "";
    }

    private static String range(JsonNode number) {
        if (!number.has("minimum")) {
            return "";
        }
        String from = number.path("exclusiveMinimum").asBoolean() ? ", above " : ", ";
        return from + number.path("minimum").asText() + " to "
                + number.path("maximum").asText();
    }

    private static String defaultOf(JsonNode object, String name, JsonNode schema) {
        if (object.path("required").valueStream().anyMatch(required -> required.asText()
                .equals(name))) {
            return "required";
        }
        JsonNode value = schema.path("default");
        return value.isValueNode() && !value.isMissingNode() ? "`" + value.asText() + "`" : "";
    }

    /** A link to a section; GitHub makes the anchor of a heading from its lower-case letters and digits. */
    private static String link(String text, String path) {
        String anchor = path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return "[" + text + "](#" + anchor + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
