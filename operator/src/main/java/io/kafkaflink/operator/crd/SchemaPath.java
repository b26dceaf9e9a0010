package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A field of the schema by its path, as in {@code spec.sinks.kafka.topic}; lists are passed through to their items. */
record SchemaPath(String path) {
    /**
     * The schema of the object, or of the objects of the list, that the path leads to.
     *
     * @throws IllegalStateException when there is none
     */
    ObjectNode object(ObjectNode schema) {
        JsonNode object = schema;
        for (String name : path.split("\\.")) {
            JsonNode field = object.path("properties").path(name);
            object = field.has("items") ? field.path("items") : field;
        }
        if (object instanceof ObjectNode found) {
            return found;
        }
        throw new IllegalStateException("the schema has no " + path + "; correct the path");
    }
}
