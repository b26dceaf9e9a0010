package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the format of keys and values. */
final class KeyValueCheck {
    private KeyValueCheck() {}

    /** True when the fields that a source reads can be told. */
    static boolean read(String path, KeyValueFormat format, Violations found) {
        int before = found.count();
        if (format.keyNames() != null) {
            found.add(path + ".keyNames", "names in a source", "keyFields, with types", "declare these instead");
        }
        if (format.keyFields() != null) {
            DeclaredMembers.check(path + ".keyFields", format.keyFields(), found);
        }
        if (format.fields() != null) {
            DeclaredMembers.check(path + ".fields", format.fields(), found);
        }
        for (Field field : format.aside().fields()) {
            found.matches(path + ".metadata", field.name(), Field.NAME, Field.NAME_SHAPE);
        }
        if (found.count() == before) {
            all(path, format.schema().names(), found);
        }
        return found.count() == before;
    }

    private static void all(String path, List<String> names, Violations found) {
        if (names.isEmpty()) {
            found.add(path, "no fields", "keyFields, fields or metadata", "declare what is read");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                found.add(
                        path,
                        "field " + Violations.quoted(name) + " again",
                        "each name once among keyFields, fields and metadata",
                        "rename one");
            }
        }
    }

    /** @param schema the fields that reach a sink, when they can be told */
    static void written(String path, KeyValueFormat format, Optional<RecordSchema> schema, Violations found) {
        if (format.keyFields() != null || format.fields() != null || format.metadata() != null) {
            found.add(path, "declared fields", "keyNames only", "remove them: a sink writes all fields");
        }
        if (format.keyNames() == null || format.keyNames().isEmpty()) {
            found.add(path + ".keyNames", "none", "the fields of the key", "add them");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < format.keyNames().size(); i++) {
            String here = path + ".keyNames[" + i + "]";
            String name = format.keyNames().get(i);
            if (!seen.add(name)) {
                found.add(here, Violations.quoted(name) + " again", "each field once", "remove it");
            } else if (schema.isPresent()) {
                found.field(here, name, schema.get(), FieldType.values());
            }
        }
    }
}
