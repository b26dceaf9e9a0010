package io.kafkaflink.operator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A pipeline as a tool that watches it sees it, from change to change: one resource a line, with what tools judge by.
 * Statuses that differ in words only are one.
 */
final class StatusSequence {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final List<String> lines = new ArrayList<>();
    private final PlainWords words = new PlainWords("2026-11-24T12:00:00Z");
    private String last = "";

    void add(SimulatedWorld world) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", SimulatedWorld.ID.name());
        metadata.put("namespace", SimulatedWorld.ID.namespace());
        metadata.put("generation", world.generation());
        metadata.put("annotations", world.annotations().isEmpty() ? null : world.annotations());
        metadata.put("deletionTimestamp", world.deletedAt());
        Map<String, Object> status = new LinkedHashMap<>();
        // The schema's default stands there until the operator's first visit.
        Long observed = world.status.observedGeneration();
        status.put("observedGeneration", observed == null ? -1L : observed);
        status.put("conditions", observed == null ? null : world.status.conditions());
        metadata.values().removeIf(Objects::isNull);
        status.values().removeIf(Objects::isNull);
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "kafkaflink.io/v1alpha1");
        resource.put("kind", "KafkaFlinkPipeline");
        resource.put("metadata", metadata);
        resource.put("status", status);
        String key = metadata + " " + observed + " "
                + world.status.conditions().stream().map(StatusSequence::value).collect(Collectors.joining(" "));
        if (!key.equals(last)) {
            last = key;
            lines.add(words.of(json(resource)));
        }
    }

    private static String value(Condition condition) {
        return condition.type() + condition.status() + condition.reason() + condition.observedGeneration();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
