package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a projection against the fields that reach it. */
final class ProjectionCheck {
    private final RecordSchema schema;
    private final Violations found;

    private ProjectionCheck(RecordSchema schema, Violations found) {
        this.schema = schema;
        this.found = found;
    }

    static void check(String path, Projection projection, RecordSchema schema, Violations found) {
        new ProjectionCheck(schema, found).fields(path + ".fields", projection.fields());
    }

    private void fields(String path, List<Projection.Output> fields) {
        if (fields == null || fields.isEmpty()) {
            found.add(path, "none", "at least one field", "add it");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Projection.Output field = fields.get(i);
            String here = path + "[" + i + "]";
            if (!found.matches(here + ".name", field.name(), Field.NAME, Field.NAME_SHAPE)) {
                continue;
            }
            if (!names.add(field.name())) {
                found.add(here + ".name", Violations.quoted(field.name()) + " again", "each field once", "rename it");
            }
            value(here, field);
        }
    }

    private void value(String path, Projection.Output field) {
        if (field.literal() == null) {
            found.field(path + (field.from() == null ? ".name" : ".from"), field.taken(), schema, FieldType.values());
        } else if (field.from() != null) {
            found.add(path, "from and literal", "one of them", "remove one");
        } else {
            literal(path + ".literal.value", field.literal());
        }
    }

    private void literal(String path, Projection.Literal literal) {
        if (literal.value() == null) {
            found.present(path, null, "a value of type " + literal.type());
            return;
        }
        try {
            literal.read();
        } catch (IllegalArgumentException e) {
            found.add(
                    path,
                    Violations.quoted(literal.value()),
                    switch (literal.type()) {
                        case String -> "a text (String)";
                        case Long -> "a whole number of 64 bits (Long)";
                        case Double -> "a number (Double)";
                        case Boolean -> "true or false (Boolean)";
                        case Bytes, Array -> "a literal of type String, Long, Double or Boolean";
                    },
                    "change it or its type");
        }
    }
}
