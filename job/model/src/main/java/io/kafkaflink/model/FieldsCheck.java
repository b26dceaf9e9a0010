package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the fields that somebody declares of records. */
final class FieldsCheck {
    private static final int MOST_FIELDS = 100;

    private FieldsCheck() {}

    /** True when they can be used. */
    static boolean check(String path, List<Field> fields, Violations found) {
        int before = found.count();
        if (fields == null || fields.isEmpty() || fields.size() > MOST_FIELDS) {
            int size = fields == null ? 0 : fields.size();
            found.add(path, size + " fields", "1 to " + MOST_FIELDS, "declare them");
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String here = path + "[" + i + "]";
            if (found.matches(here + ".name", field.name(), Field.NAME, Field.NAME_SHAPE) && !seen.add(field.name())) {
                found.add(here + ".name", Violations.quoted(field.name()) + " again", "each field once", "remove it");
            }
            if (found.present(here + ".type", field.type(), "String, Long, Double, Boolean, Bytes or Array")) {
                items(here + ".items", field, found);
            }
        }
        return found.count() == before;
    }

    private static void items(String path, Field field, Violations found) {
        Field.Items items = field.items();
        if (field.type().single()) {
            if (items != null) {
                found.add(path, "items of a " + field.type(), "none", "remove them or set type: Array");
            }
            return;
        }
        if (!found.present(path, items, "the type or the fields of the members")
                || !found.exactlyOne(path, "type, fields", items.type(), items.fields())) {
            return;
        }
        if (items.fields() == null) {
            single(path + ".type", items.type(), found);
            return;
        }
        if (items.fields().isEmpty()) {
            found.add(path + ".fields", "none", "at least one field", "add it");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.fields().size(); i++) {
            Field.Member member = items.fields().get(i);
            String here = path + ".fields[" + i + "]";
            if (found.matches(here + ".name", member.name(), Field.NAME, Field.NAME_SHAPE)
                    && !seen.add(member.name())) {
                found.add(here + ".name", Violations.quoted(member.name()) + " again", "each field once", "remove it");
            }
            single(here + ".type", member.type(), found);
        }
    }

    private static void single(String path, FieldType type, Violations found) {
        if (found.present(path, type, "String, Long, Double or Boolean") && !type.single()) {
            found.add(path, "Array", "String, Long, Double or Boolean", "change it: arrays do not nest");
        }
    }
}
