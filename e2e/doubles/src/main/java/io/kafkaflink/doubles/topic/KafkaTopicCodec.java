package io.kafkaflink.doubles.topic;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** KafkaTopic resources to and from their generic form. Unknown fields are left alone. */
final class KafkaTopicCodec {

    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup("kafka.strimzi.io")
            .withVersion("v1")
            .withKind("KafkaTopic")
            .withPlural("kafkatopics")
            .withNamespaced(true)
            .build();

    private KafkaTopicCodec() {}

    static KafkaTopic read(GenericKubernetesResource resource) {
        ObjectMeta meta = resource.getMetadata();
        return new KafkaTopic(
                meta.getNamespace(),
                meta.getName(),
                meta.getGeneration() == null ? 1 : meta.getGeneration(),
                meta.getCreationTimestamp(),
                meta.getDeletionTimestamp() != null,
                Objects.requireNonNullElse(meta.getLabels(), Map.of()),
                Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
                new HashSet<>(Objects.requireNonNullElse(meta.getFinalizers(), List.of())),
                spec(map(resource.getAdditionalProperties().get("spec"))),
                status(map(resource.getAdditionalProperties().get("status"))));
    }

    static Map<String, Object> write(KafkaTopicStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "conditions",
                status.conditions().stream().map(KafkaTopicCodec::write).toList());
        status.observedGeneration().ifPresent(generation -> fields.put("observedGeneration", generation));
        status.topicId().ifPresent(id -> fields.put("topicId", id));
        status.topicName().ifPresent(name -> fields.put("topicName", name));
        return fields;
    }

    private static Map<String, Object> write(KafkaTopicStatus.Condition condition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", condition.type());
        fields.put("status", condition.status());
        fields.put("lastTransitionTime", condition.lastTransitionTime());
        condition.reason().ifPresent(reason -> fields.put("reason", reason));
        condition.message().ifPresent(message -> fields.put("message", message));
        return fields;
    }

    private static KafkaTopicSpec spec(Map<?, ?> spec) {
        Map<String, String> config = new HashMap<>();
        map(spec.get("config")).forEach((key, value) -> config.put(key.toString(), configValue(value)));
        return new KafkaTopicSpec(
                text(spec.get("topicName")), count(spec, "partitions"), count(spec, "replicas"), config);
    }

    private static KafkaTopicStatus status(Map<?, ?> status) {
        Object generation = status.get("observedGeneration");
        List<KafkaTopicStatus.Condition> conditions = status.get("conditions") instanceof List<?> list
                ? list.stream().map(item -> condition(map(item))).toList()
                : List.of();
        return new KafkaTopicStatus(
                generation instanceof Number n ? OptionalLong.of(n.longValue()) : OptionalLong.empty(),
                text(status.get("topicName")),
                text(status.get("topicId")),
                conditions);
    }

    private static KafkaTopicStatus.Condition condition(Map<?, ?> fields) {
        return new KafkaTopicStatus.Condition(
                String.valueOf(fields.get("type")),
                String.valueOf(fields.get("status")),
                text(fields.get("reason")),
                text(fields.get("message")),
                String.valueOf(fields.get("lastTransitionTime")));
    }

    private static String configValue(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static OptionalInt count(Map<?, ?> spec, String field) {
        return spec.get(field) instanceof Number n ? OptionalInt.of(n.intValue()) : OptionalInt.empty();
    }

    private static Optional<String> text(Object value) {
        return value == null ? Optional.empty() : Optional.of(value.toString());
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> fields ? fields : Map.of();
    }
}
