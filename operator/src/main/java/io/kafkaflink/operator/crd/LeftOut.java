package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Members of a shared record that one place of the schema has no use for: there the schema does not know them, and the
 * API server refuses them as it does any unknown field.
 */
final class LeftOut {
    private static final SchemaPath SINK_JSON = new SchemaPath("spec.sinks.kafka.format.json");

    private LeftOut() {}

    /**
     * Takes them out.
     *
     * @throws IllegalStateException when one of them is no longer in the schema
     */
    static void remove(ObjectNode schema) {
        // A sink writes all fields of a record and declares none.
        remove(SINK_JSON, "fields", schema);
    }

    private static void remove(SchemaPath owner, String member, ObjectNode schema) {
        ObjectNode object = owner.object(schema);
        if (!(object.path("properties") instanceof ObjectNode members) || members.remove(member) == null) {
            throw new IllegalStateException(
                    "the schema has no " + owner.path() + "." + member + "; correct the names in LeftOut");
        }
        if (members.isEmpty()) {
            object.remove("properties");
        }
    }
}
