package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Parts of the schema that repeat another one: their fields name it in place of describing all again, since the
 * definition must stay small enough for client-side apply.
 */
final class Repetitions {
    private static final Map<SchemaPath, String> DESCRIPTIONS = Map.of(
            new SchemaPath("spec.sinks.kafka.topic"), "As in source.kafka.topics.",
            new SchemaPath("spec.sinks.kafka.topics"), "As in source.kafka.topics.");

    private Repetitions() {}

    /** @throws IllegalStateException when one of them is no longer in the schema */
    static void shorten(ObjectNode schema) {
        DESCRIPTIONS.forEach(
                (path, description) -> path.object(schema).path("properties").forEach(field -> ((ObjectNode) field)
                        .put("description", description)));
    }
}
