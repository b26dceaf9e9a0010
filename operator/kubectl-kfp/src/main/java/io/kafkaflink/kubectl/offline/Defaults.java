package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts in what the API server puts in where the user says nothing, or null. */
final class Defaults {
    private Defaults() {}

    static void into(JsonNode node, JsonNode schema) {
        if (node instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                JsonNode given = object.get(property.getKey());
                if (given != null && given.isNull()) {
                    object.remove(property.getKey());
                }
                if (!object.has(property.getKey()) && property.getValue().has("default")) {
                    object.set(
                            property.getKey(),
                            property.getValue().get("default").deepCopy());
                }
                into(object.path(property.getKey()), property.getValue());
            });
            return;
        }
        node.forEach(item -> into(item, schema.path("items")));
    }
}
