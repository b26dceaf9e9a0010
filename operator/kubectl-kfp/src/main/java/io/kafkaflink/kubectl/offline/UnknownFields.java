package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fields that the schema does not have; kubectl has the API server refuse them. */
final class UnknownFields {
    /** The API server's own, which no schema of a definition names. */
    private static final Set<String> EVERYWHERE = Set.of("apiVersion", "kind", "metadata");

    private final List<String> found = new ArrayList<>();

    static List<String> of(JsonNode resource, JsonNode schema) {
        UnknownFields fields = new UnknownFields();
        resource.properties().forEach(member -> {
            if (!EVERYWHERE.contains(member.getKey())) {
                fields.member("", member.getKey(), member.getValue(), schema);
            }
        });
        return fields.found;
    }

    private void in(String path, JsonNode node, JsonNode schema) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                in(path + "[" + i + "]", node.get(i), schema.path("items"));
            }
        }
        node.properties().forEach(member -> member(path + ".", member.getKey(), member.getValue(), schema));
    }

    private void member(String prefix, String name, JsonNode value, JsonNode schema) {
        JsonNode known = schema.path("properties").path(name);
        if (!known.isMissingNode()) {
            in(prefix + name, value, known);
        } else if (schema.path("additionalProperties").isObject()) {
            in(prefix + name, value, schema.path("additionalProperties"));
        } else if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            found.add(prefix + name);
        }
    }
}
