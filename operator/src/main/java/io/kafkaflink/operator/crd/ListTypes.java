package io.kafkaflink.operator.crd;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists whose items are identified by keys ({@code x-kubernetes-list-type: map}): the API server then refuses two items
 * with the same key, compares old and new items by it, and merges server-side apply item by item.
 */
final class ListTypes {
    private static final Map<String, List<String>> KEYS = new TreeMap<>(Map.ofEntries(
            entry("spec.source.kafka.topics", List.of("name")),
            entry("spec.source.kafka.format.json.fields", List.of("name")),
            entry("spec.source.kafka.format.json.fields.items.fields", List.of("name")),
            entry("spec.transforms", List.of("id")),
            entry("spec.transforms.project.fields", List.of("name")),
            entry("spec.transforms.window.metrics", List.of("name")),
            entry("spec.sinks", List.of("name")),
            entry("spec.sinks.kafka.topics", List.of("name")),
            entry("spec.sinks.kafka.headers", List.of("name")),
            entry("spec.upgrade.acknowledge", List.of("risk", "value")),
            entry("status.conditions", List.of("type")),
            entry("status.topics", List.of("name"))));

    private ListTypes() {}

    /**
     * Marks the lists.
     *
     * @throws IllegalStateException when one of them is no longer in the schema
     */
    static void mark(ObjectNode schema) {
        KEYS.forEach((path, keys) -> {
            ObjectNode list = list(schema, path);
            list.put("x-kubernetes-list-type", "map");
            keys.forEach(list.putArray("x-kubernetes-list-map-keys")::add);
        });
    }

    private static ObjectNode list(ObjectNode schema, String path) {
        JsonNode node = schema;
        for (String name : path.split("\\.")) {
            JsonNode object = node.has("items") ? node.path("items") : node;
            node = object.path("properties").path(name);
        }
        if (node instanceof ObjectNode found && node.has("items")) {
            return found;
        }
        throw new IllegalStateException("the schema has no list " + path + "; correct the paths in ListTypes");
    }
}
