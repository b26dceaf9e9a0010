package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** {@code metadata.name}, as the API server wants it of any resource. */
final class ResourceName {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern PATTERN = Pattern.compile(SUBDOMAIN);
    private static final int LONGEST = 253;
    private static final String FIELD = "metadata.name";

    private ResourceName() {}

    static List<Problem> problems(JsonNode resource) {
        JsonNode name = resource.at("/metadata/name");
        if (name.asText().isEmpty()) {
            return List.of(Problem.said(FIELD, "Required value: name or generateName is required"));
        }
        if (name.asText().length() > LONGEST) {
            return List.of(
                    Problem.invalid(FIELD, Words.value(name), "must be no more than " + LONGEST + " characters"));
        }
        return PATTERN.matcher(name.asText()).matches()
                ? List.of()
                : List.of(Problem.invalid(
                        FIELD,
                        Words.value(name),
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                                + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
                                + " regex used for validation is '" + SUBDOMAIN + "')"));
    }
}
