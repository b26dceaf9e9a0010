package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** YAML that a status shows for pasting into a spec. */
final class Snippet {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Snippet() {}

    /** Reads it. */
    static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("the status shows what is no YAML: " + text, malformed);
        }
    }
}
