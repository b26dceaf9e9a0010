package io.kafkaflink.install;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A pipeline at one moment, and what each tool makes of it.
 *
 * @param luaj health by Argo CD's script, run by LuaJ
 * @param gopher the same, run by the Lua of Argo CD
 */
record Sighting(JsonNode pipeline, String kstatus, JsonNode luaj, JsonNode gopher) {

    long generation() {
        return pipeline.at("/metadata/generation").asLong();
    }

    long observed() {
        return pipeline.at("/status/observedGeneration").asLong();
    }

    boolean deleting() {
        return pipeline.at("/metadata").has("deletionTimestamp");
    }

    /** What people have asked for so far. */
    String wish() {
        return generation() + " " + pipeline.at("/metadata/annotations") + " " + deleting();
    }

    JsonNode condition(String type) {
        for (JsonNode condition : pipeline.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return pipeline.path("none");
    }

    boolean is(String type) {
        return condition(type).path("status").asText().equals("True");
    }

    /** Whether {@code kubectl wait --for=condition=Ready} returns: it looks at the condition's own observedGeneration. */
    boolean waitReturns() {
        return is("Ready") && condition("Ready").path("observedGeneration").asLong() >= generation();
    }

    /** The job has come to its end. */
    boolean completed() {
        return is("Ready") && condition("Ready").path("reason").asText().equals("Completed");
    }

    /** Nothing moves any more: what was asked for is there, or cannot be had. */
    boolean settled() {
        return kstatus.equals("Current") || kstatus.equals("Failed");
    }

    /** Nothing has been reported since: who asks by annotation leaves the generation as it is, and tools see no difference. */
    boolean reportsAs(Sighting before) {
        return pipeline.path("status").equals(before.pipeline.path("status"));
    }

    String row() {
        String ready = condition("Ready").path("reason").asText("-");
        String upgrading =
                is("Upgrading") ? condition("Upgrading").path("reason").asText() : "-";
        return "%-10s | %-8s | %-25s | %-8s | %-11s | %-11s | %-11s | %s"
                .formatted(
                        deleting() ? generation() + " del." : generation() + annotated(),
                        observed(),
                        ready,
                        upgrading,
                        kstatus,
                        luaj.path("status").asText(),
                        gopher.path("status").asText(),
                        waitReturns());
    }

    private String annotated() {
        return pipeline.at("/metadata").has("annotations") ? " annot." : "";
    }

    static String head() {
        return "%-10s | %-8s | %-25s | %-8s | %-11s | %-11s | %-11s | %s"
                .formatted(
                        "generation",
                        "observed",
                        "Ready's reason",
                        "step",
                        "kstatus",
                        "Argo (LuaJ)",
                        "Argo (own)",
                        "kubectl wait");
    }
}
