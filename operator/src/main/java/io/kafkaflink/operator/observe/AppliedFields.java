package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Set;
import java.util.TreeSet;

/** Whose name our fields bear in server-side apply. Part of the contract: another name would leave the old one's fields. */
public final class AppliedFields {
    public static final String MANAGER = "kafkaflink-operator";
    private static final String APPLY = "Apply";
    private static final String FIELD = "f:";

    private AppliedFields() {}

    /** Names of the members of an object that we applied, as in {@code spec}, {@code config}; empty when there are none. */
    static Set<String> ownedMembers(ObjectMeta metadata, String... path) {
        Set<String> members = new TreeSet<>();
        for (ManagedFieldsEntry entry : metadata.getManagedFields()) {
            if (MANAGER.equals(entry.getManager())
                    && APPLY.equals(entry.getOperation())
                    && entry.getFieldsV1() != null) {
                members.addAll(members(entry.getFieldsV1(), path));
            }
        }
        return members;
    }

    private static Set<String> members(FieldsV1 fields, String... path) {
        LooseTree tree = new LooseTree(fields.getAdditionalProperties());
        for (String step : path) {
            tree = tree.at(FIELD + step);
        }
        Set<String> names = new TreeSet<>();
        for (String key : tree.members().keySet()) {
            if (key.startsWith(FIELD)) {
                names.add(key.substring(FIELD.length()));
            }
        }
        return names;
    }
}
