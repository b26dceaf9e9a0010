package io.kafkaflink.rehearsal.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a person reads off a KafkaFlinkPipeline's status.
 *
 * @param current whether the status speaks of the newest spec
 * @param ready reason of the condition Ready while it is true
 * @param stalled reason and message of the condition Stalled while it is true
 * @param parallelism of what is deployed; 0 when nothing is
 * @param flinkDeployment name of what is deployed; empty when nothing is
 * @param word reason of Ready, for progress lines
 * @param words reason and message of Ready, for failures
 */
public record PipelineView(
        boolean current,
        Optional<String> ready,
        Optional<String> stalled,
        int parallelism,
        String flinkDeployment,
        String word,
        String words) {
    private static final String SUSPENDED = "Suspended";

    static PipelineView of(JsonNode resource) {
        JsonNode status = resource.path("status");
        long generation = resource.path("metadata").path("generation").asLong();
        JsonNode ready = condition(status, "Ready");
        JsonNode stalled = condition(status, "Stalled");
        return new PipelineView(
                status.path("observedGeneration").asLong(-1) == generation,
                isTrue(ready) ? Optional.of(ready.path("reason").asText()) : Optional.empty(),
                isTrue(stalled) ? Optional.of(text(stalled)) : Optional.empty(),
                status.path("deployed").path("parallelism").asInt(),
                status.path("deployed").path("flinkDeployment").asText(),
                ready.path("reason").asText("not seen by the operator yet"),
                ready.isMissingNode() ? "not seen by the operator" : text(ready));
    }

    /** Running as the newest spec says, with so many subtasks. */
    public boolean runningAt(int subtasks) {
        return current && ready.isPresent() && !suspended() && parallelism == subtasks;
    }

    /** Stopped with a savepoint, as the newest spec says. */
    public boolean suspended() {
        return current && ready.filter(SUSPENDED::equals).isPresent();
    }

    private static JsonNode condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (type.equals(condition.path("type").asText())) {
                return condition;
            }
        }
        return status.path("no such condition");
    }

    private static boolean isTrue(JsonNode condition) {
        return "True".equals(condition.path("status").asText());
    }

    private static String text(JsonNode condition) {
        return condition.path("reason").asText() + ": "
                + condition.path("message").asText();
    }
}
