package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists whose items are told apart by some of their fields. */
final class ListKeys {
    private final List<Problem> found = new ArrayList<>();

    static List<Problem> repeated(JsonNode resource, JsonNode schema) {
        ListKeys keys = new ListKeys();
        keys.in("", resource, schema);
        return keys.found;
    }

    private void in(String path, JsonNode node, JsonNode schema) {
        if (node.isArray()) {
            items(path, node, schema);
        }
        schema.path("properties")
                .properties()
                .forEach(property -> in(
                        path + (path.isEmpty() ? "" : ".") + property.getKey(),
                        node.path(property.getKey()),
                        property.getValue()));
    }

    private void items(String path, JsonNode list, JsonNode schema) {
        boolean keyed = schema.path("x-kubernetes-list-type").asText().equals("map");
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String item = path + "[" + i + "]";
            ObjectNode key = key(list.get(i), schema.path("x-kubernetes-list-map-keys"));
            if (keyed && !seen.add(key)) {
                found.add(Problem.said(item, "Duplicate value: " + Words.value(key)));
            }
            in(item, list.get(i), schema.path("items"));
        }
    }

    private static ObjectNode key(JsonNode item, JsonNode names) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        List<String> sorted = new ArrayList<>();
        names.forEach(name -> sorted.add(name.asText()));
        sorted.stream().sorted().filter(item::has).forEach(name -> key.set(name, item.get(name)));
        return key;
    }
}
