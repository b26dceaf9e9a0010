package io.kafkaflink.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * Server-side apply on one object, without a schema: maps are merged field by field, lists are atomic, and fields that
 * a manager applied before but not now are removed. Written after the merge rules of the Kubernetes documentation,
 * "Server-Side Apply".
 */
final class FieldOwnership {

    /** Identity and what the server writes; never owned by anyone. */
    private static final Set<String> UNOWNED_METADATA =
            Set.of("name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields");

    private FieldOwnership() {}

    /**
     * The object after an apply.
     *
     * @param current the stored object; left as it is
     * @param applied the applied configuration
     * @param status whether this goes to the status subresource, which then is all that changes
     */
    static ObjectNode apply(ObjectNode current, ObjectNode applied, String manager, boolean status) {
        ObjectNode result = current.deepCopy();
        ObjectNode wanted = status ? applied.deepCopy().retain("status") : withoutIdentity(applied);
        ObjectNode owned = fields(wanted);
        ArrayNode entries = managedFields(result);
        int position = position(entries, manager, status);
        removeAbandoned(result, entries.path(position).path("fieldsV1"), owned);
        merge(result, wanted);
        if (position < 0) {
            entries.add(entry(applied, manager, status, owned));
        } else if (!owned.equals(entries.get(position).get("fieldsV1"))) {
            entries.set(position, entry(applied, manager, status, owned));
        }
        JsonNode expected = applied.path("metadata").get("resourceVersion");
        if (expected != null) {
            ((ObjectNode) result.get("metadata")).set("resourceVersion", expected);
        }
        return result;
    }

    private static ObjectNode withoutIdentity(ObjectNode applied) {
        ObjectNode copy = applied.deepCopy().without(Set.of("apiVersion", "kind", "status"));
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(UNOWNED_METADATA);
        }
        return copy;
    }

    /** fieldsV1 of a value: {@code {"f:spec": {"f:partitions": {}}}}. */
    private static ObjectNode fields(JsonNode value) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            fields.set("f:" + field.getKey(), fields(field.getValue()));
        }
        return fields;
    }

    private static void removeAbandoned(ObjectNode object, JsonNode before, JsonNode now) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String name = field.getKey().substring(2);
            JsonNode still = now.get(field.getKey());
            boolean leaf = field.getValue().isEmpty();
            if (still == null && leaf) {
                object.remove(name);
            } else if (object.get(name) instanceof ObjectNode child) {
                removeAbandoned(child, field.getValue(), still == null ? now.path("none") : still);
                if (still == null && child.isEmpty()) {
                    object.remove(name);
                }
            }
        }
    }

    private static void merge(ObjectNode target, ObjectNode source) {
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            if (target.get(field.getKey()) instanceof ObjectNode child
                    && field.getValue() instanceof ObjectNode wanted) {
                merge(child, wanted);
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    private static ArrayNode managedFields(ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        return metadata.get("managedFields") instanceof ArrayNode entries
                ? entries
                : metadata.putArray("managedFields");
    }

    /** Index of the manager's entry, -1 when it has none. */
    private static int position(ArrayNode entries, String manager, boolean status) {
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            boolean sameSubresource =
                    status == "status".equals(entry.path("subresource").asText());
            if (sameSubresource && manager.equals(entry.path("manager").asText())) {
                return i;
            }
        }
        return -1;
    }

    private static ObjectNode entry(ObjectNode applied, String manager, boolean status, ObjectNode owned) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", manager);
        entry.put("operation", "Apply");
        entry.set("apiVersion", applied.get("apiVersion"));
        entry.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", owned);
        if (status) {
            entry.put("subresource", "status");
        }
        return entry;
    }
}
