package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.observe.TopicState.Readiness;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads KafkaTopics (Strimzi's {@code kafka.strimzi.io/v1}). */
public final class KafkaTopicReader {
    private static final Set<String> SUSPENDING = Set.of("ReconciliationPaused", "Unmanaged");

    private KafkaTopicReader() {}

    /** The name that the topic has in Kafka. */
    public static String topicName(GenericKubernetesResource topic) {
        String explicit = tree(topic).at("spec", "topicName").text();
        return explicit == null ? topic.getMetadata().getName() : explicit;
    }

    /** Something that decides differs; the Topic Operator moves the times in the status at every look. */
    public static boolean differ(GenericKubernetesResource before, GenericKubernetesResource after) {
        return !read(before).equals(read(after));
    }

    static TopicState read(GenericKubernetesResource topic) {
        ObjectMeta metadata = topic.getMetadata();
        LooseTree spec = tree(topic).at("spec");
        LooseTree status = tree(topic).at("status");
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        return new TopicState(
                metadata.getNamespace(),
                metadata.getName(),
                topicName(topic),
                labels.get(Labels.STRIMZI_CLUSTER),
                Labels.pipelineOf(labels).orElse(null),
                annotations.get(Annotations.ADOPT_BY),
                generation(metadata),
                status.at("observedGeneration").number(),
                ready(status),
                suspended(status),
                status.at("topicName").text(),
                status.at("topicId").text(),
                spec.at("partitions").smallNumber(),
                spec.at("replicas").smallNumber(),
                withoutNulls(spec.at("config").members()),
                AppliedFields.ownedMembers(metadata, "spec", "config"),
                createdAt(metadata),
                metadata.getDeletionTimestamp() != null);
    }

    private static Optional<Readiness> ready(LooseTree status) {
        return status.at("conditions").items().stream()
                .filter(condition -> "Ready".equals(condition.at("type").text()))
                .map(condition -> new Readiness(
                        "True".equals(condition.at("status").text()),
                        condition.at("reason").text(),
                        condition.at("message").text()))
                .findFirst();
    }

    private static Optional<String> suspended(LooseTree status) {
        return status.at("conditions").items().stream()
                .filter(condition -> "True".equals(condition.at("status").text()))
                .map(condition -> condition.at("type").text())
                .filter(type -> type != null && SUSPENDING.contains(type))
                .findFirst();
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> config) {
        Map<String, Object> present = new HashMap<>(config);
        present.values().removeIf(Objects::isNull);
        return present;
    }

    static long generation(ObjectMeta metadata) {
        return metadata.getGeneration() == null ? 0 : metadata.getGeneration();
    }

    static Instant createdAt(ObjectMeta metadata) {
        return Objects.requireNonNullElse(LooseTree.time(metadata.getCreationTimestamp()), Instant.EPOCH);
    }

    private static LooseTree tree(GenericKubernetesResource topic) {
        return new LooseTree(topic.getAdditionalProperties());
    }
}
