package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A spec as status records it: job state and upgrade mode are rewritten to what was done, fields of class IGNORE stay as
 * they were at the last deploy.
 *
 * @param firstDeployment whether it was the first one of the resource
 */
public record ReconciledSpec(FlinkSpec spec, boolean firstDeployment) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The JSON string of lastReconciledSpec and lastStableSpec. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.set("spec", spec.json());
        root.putObject("resource_metadata")
                .put("apiVersion", "flink.apache.org/v1beta1")
                .put("firstDeployment", firstDeployment);
        return root.toString();
    }

    /** Reads the JSON string. */
    public static ReconciledSpec parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return new ReconciledSpec(
                    FlinkSpec.of(root.path("spec")),
                    root.path("resource_metadata").path("firstDeployment").asBoolean());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a recorded spec: " + text, e);
        }
    }
}
