package io.kafkaflink.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The objects that a chart or an overlay comes to. */
record Rendering(List<JsonNode> objects) {

    static Rendering of(String yaml) {
        return new Rendering(Repository.documents(yaml));
    }

    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode single(String kind) {
        List<JsonNode> found = ofKind(kind);
        if (found.size() != 1) {
            throw new AssertionError("one " + kind + " expected, " + found.size() + " found");
        }
        return found.get(0);
    }

    Set<String> kinds() {
        return Set.copyOf(
                objects.stream().map(object -> object.path("kind").asText()).toList());
    }

    /**
     * The objects in a fixed order. What other tests compare with its one source is left out: schema, rules of roles
     * that the base has too, dashboards.
     */
    String readable() {
        StringBuilder text = new StringBuilder();
        objects.stream()
                .sorted(Comparator.comparing(Rendering::title))
                .map(Rendering::shortened)
                .forEach(text::append);
        return text.toString();
    }

    private static String title(JsonNode object) {
        return object.path("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + " "
                + object.at("/metadata/name").asText();
    }

    private static String shortened(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        String kind = copy.path("kind").asText();
        String name = copy.at("/metadata/name").asText();
        if (kind.equals("CustomResourceDefinition")) {
            copy.put("spec", "(crds/" + name + ".yaml)");
        }
        if (kind.endsWith("Role") && name.matches(".*-(pipelines|topics|leader-election)")) {
            copy.put(
                    "rules",
                    "(k8s/base/role-" + name.replaceFirst(".*-(?=pipelines|topics|leader-election)", "") + ".yaml)");
        }
        if (copy.path("data").isObject()) {
            ObjectNode data = (ObjectNode) copy.get("data");
            data.fieldNames().forEachRemaining(file -> data.put(file, "(files/)"));
        }
        try {
            return Repository.YAML.writeValueAsString(copy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rights as (group, resource, verb), of all roles whose name ends so. */
    Set<String> rights(String roleSuffix) {
        Set<String> rights = new java.util.TreeSet<>();
        objects.stream()
                .filter(object -> object.path("kind").asText().endsWith("Role"))
                .filter(object -> object.at("/metadata/name").asText().endsWith(roleSuffix))
                .flatMap(role -> StreamSupport.stream(role.path("rules").spliterator(), false))
                .forEach(rule -> rule.path("apiGroups")
                        .forEach(group -> rule.path("resources").forEach(resource -> rule.path("verbs")
                                .forEach(verb ->
                                        rights.add(group.asText() + "/" + resource.asText() + " " + verb.asText())))));
        return rights;
    }
}
