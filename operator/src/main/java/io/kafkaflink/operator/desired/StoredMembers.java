package io.kafkaflink.operator.desired;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object inside a ControllerRevision, read member by member. What is not asked for is not looked at, so that
 * revisions of other operator versions stay readable.
 *
 * @param path where the object stands, for messages
 */
record StoredMembers(String resource, String path, Map<String, Object> members) {

    static StoredMembers of(ControllerRevision stored) throws InvalidRevision {
        String resource = "ControllerRevision " + stored.getMetadata().getNamespace() + "/"
                + stored.getMetadata().getName();
        if (stored.getData() == null) {
            throw invalid(resource, "data", "nothing", "an object");
        }
        if (CanonicalJson.tree(stored.getData()) instanceof Map<?, ?> members) {
            return new StoredMembers(resource, "data", CanonicalJson.normalizedMap(members));
        }
        throw invalid(resource, "data", "something else", "an object");
    }

    StoredMembers object(String member) throws InvalidRevision {
        if (members.get(member) instanceof Map<?, ?> nested) {
            return new StoredMembers(resource, path + "." + member, CanonicalJson.normalizedMap(nested));
        }
        throw invalid(member, found(member), "an object");
    }

    String text(String member) throws InvalidRevision {
        if (members.get(member) instanceof String text) {
            return text;
        }
        throw invalid(member, found(member), "a text");
    }

    String textOr(String member, String otherwise) {
        return members.get(member) instanceof String text ? text : otherwise;
    }

    int wholeNumber(String member) throws InvalidRevision {
        if (members.get(member) instanceof Integer number) {
            return number;
        }
        throw invalid(member, found(member), "a whole number of 32 bits");
    }

    int wholeNumberOr(String member, int otherwise) throws InvalidRevision {
        return members.containsKey(member) ? wholeNumber(member) : otherwise;
    }

    Map<String, String> texts(String member) throws InvalidRevision {
        StoredMembers object = object(member);
        Map<String, String> texts = new TreeMap<>();
        for (String key : object.members.keySet()) {
            texts.put(key, object.text(key));
        }
        return texts;
    }

    InvalidRevision invalid(String member, String found, String expected) {
        return invalid(resource, path + "." + member, found, expected);
    }

    private static InvalidRevision invalid(String resource, String path, String found, String expected) {
        return new InvalidRevision(resource + ", " + path + ": found " + found + ", expected " + expected
                + "; restore the resource from a backup");
    }

    private String found(String member) {
        Object value = members.get(member);
        return value == null ? "nothing" : "a " + value.getClass().getSimpleName();
    }
}
