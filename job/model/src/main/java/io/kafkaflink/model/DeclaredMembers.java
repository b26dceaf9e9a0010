package io.kafkaflink.model;

import java.util.List;

/** Fields that are declared as single values: formats without arrays have these. */
final class DeclaredMembers {
    private static final String SINGLE = "String, Long, Double, Boolean or Bytes";

    private DeclaredMembers() {}

    static List<Field> of(List<Field.Member> members) {
        return members.stream()
                .map(member -> new Field(member.name(), member.type()))
                .toList();
    }

    /** True when they can be used. */
    static boolean check(String path, List<Field.Member> members, Violations found) {
        int before = found.count();
        if (members != null) {
            for (int i = 0; i < members.size(); i++) {
                array(path + "[" + i + "].type", members.get(i).type(), found);
            }
        }
        return found.count() == before && FieldsCheck.check(path, members == null ? null : of(members), found);
    }

    /** One type, or fields: true when they can be used. */
    static boolean check(String path, FieldType type, List<Field.Member> members, Violations found) {
        if (!found.exactlyOne(path, "type, fields", type, members)) {
            return false;
        }
        return type == null ? check(path + ".fields", members, found) : array(path + ".type", type, found);
    }

    private static boolean array(String path, FieldType type, Violations found) {
        if (type == FieldType.Array) {
            found.add(path, "Array", SINGLE, "change it: this format has no arrays");
        }
        return type != FieldType.Array;
    }
}
