package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Types, required fields, limits and patterns; what is wrong is said as the API server says it. */
final class SchemaCheck {
    /** After one of these the API server does not look at the rules any more. */
    private static final Set<String> GRAVE =
            Set.of("required", "type", "enum", "maxLength", "maxItems", "maxProperties");

    private static final JsonSchema SCHEMA = schema();

    /** What was found, and whether the rules are still looked at. */
    record Findings(List<Problem> problems, boolean grave) {}

    private SchemaCheck() {}

    static Findings of(JsonNode resource) {
        Set<ValidationMessage> messages = SCHEMA.validate(resource);
        List<Problem> problems = new ArrayList<>();
        messages.forEach(message -> problems.add(problem(message)));
        return new Findings(
                problems, messages.stream().map(ValidationMessage::getType).anyMatch(GRAVE::contains));
    }

    private static Problem problem(ValidationMessage found) {
        String field = path(found.getInstanceLocation());
        JsonNode value = found.getInstanceNode();
        String limit = found.getSchemaNode().asText();
        String body = field + " in body should ";
        return switch (found.getType()) {
            case "required" ->
                Problem.said(
                        field.isEmpty() ? found.getProperty() : field + "." + found.getProperty(), "Required value");
            case "type" ->
                Problem.invalid(
                        field,
                        Words.type(value),
                        field + " in body must be of type " + limit + ": " + Words.type(value));
            case "enum" ->
                Problem.said(
                        field,
                        "Unsupported value: " + Words.value(value) + ": supported values: "
                                + StreamSupport.stream(found.getSchemaNode().spliterator(), false)
                                        .map(JsonNode::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            case "pattern" -> Problem.invalid(field, Words.value(value), body + "match '" + limit + "'");
            case "minLength" ->
                Problem.invalid(field, Words.value(value), body + "be at least " + limit + " chars long");
            case "maxLength" -> Problem.said(field, "Too long: may not be more than " + limit + " bytes");
            case "minItems" ->
                Problem.invalid(field, String.valueOf(value.size()), body + "have at least " + limit + " items");
            case "maxItems", "maxProperties" ->
                Problem.said(field, "Too many: " + value.size() + ": must have at most " + limit + " items");
            case "minimum" -> Problem.invalid(field, Words.value(value), body + atLeast(found));
            case "maximum" -> Problem.invalid(field, Words.value(value), body + "be less than or equal to " + limit);
            default -> Problem.said(field, found.getMessage());
        };
    }

    private static String atLeast(ValidationMessage found) {
        String limit = found.getSchemaNode().asText();
        boolean exclusive = Definition.at(found.getInstanceLocation())
                .path("exclusiveMinimum")
                .asBoolean();
        return exclusive ? "be greater than " + limit : "be greater than or equal to " + limit;
    }

    /** As in {@code spec.sinks[0].name}. */
    static String path(JsonNodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }

    /** Without what only Kubernetes knows. Draft 4 has the definition's form of exclusive limits. */
    private static JsonSchema schema() {
        ObjectNode schema = Definition.schema().deepCopy();
        clean(schema);
        ((ObjectNode) schema.get("properties")).remove("status");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").isTextual()) {
            object.remove(List.of("description", "default"));
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> !name.startsWith("x-kubernetes-"));
            object.remove(names);
        }
        node.forEach(SchemaCheck::clean);
    }
}
