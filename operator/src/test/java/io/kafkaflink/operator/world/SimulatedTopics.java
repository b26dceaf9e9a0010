package io.kafkaflink.operator.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.topic.InMemoryTopics;
import io.kafkaflink.doubles.topic.KafkaFailure;
import io.kafkaflink.doubles.topic.KafkaTopic;
import io.kafkaflink.doubles.topic.KafkaTopicSpec;
import io.kafkaflink.doubles.topic.KafkaTopicStatus;
import io.kafkaflink.doubles.topic.KafkaTopicStore;
import io.kafkaflink.doubles.topic.TopicFacts;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.doubles.topic.TopicReconciler;
import io.kafkaflink.doubles.topic.Topics;
import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.TopicState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** KafkaTopics, the Topic Operator double and Kafka in memory. */
final class SimulatedTopics implements KafkaTopicStore {
    private static final String PAUSE = "strimzi.io/pause-reconciliation";

    private final Map<String, KafkaTopic> resources = new LinkedHashMap<>();
    private final VirtualClock clock;
    private final InMemoryTopics kafka = new InMemoryTopics();
    private TopicReconciler operator;
    private int writesLeft = Integer.MAX_VALUE;
    private int writes;

    /** The Topic Operator died at a write. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    SimulatedTopics(VirtualClock clock) {
        this.clock = clock;
        this.operator = newOperator();
    }

    private TopicReconciler newOperator() {
        return new TopicReconciler(this, new CountedTopics(), TopicOperatorSettings.of("kafka", "prod"), clock);
    }

    /** The Topic Operator dies after so many writes from now, to Kafka or the API server; another one starts at once. */
    void killAfter(int count) {
        writesLeft = count;
    }

    /** Writes of the Topic Operator so far. */
    int writes() {
        return writes;
    }

    /** Partitions that Kafka really has; 0 without the topic. */
    int partitions(String topic) {
        return kafka.describe(topic) instanceof TopicFacts.Present present ? present.partitions() : 0;
    }

    private void count() {
        if (writesLeft-- == 0) {
            throw new Killed();
        }
        writes++;
    }

    /** Kafka as the Topic Operator sees it. */
    private final class CountedTopics implements Topics {
        @Override
        public TopicFacts describe(String topic) {
            return kafka.describe(topic);
        }

        @Override
        public String create(String topic, OptionalInt partitions, OptionalInt replicas, Map<String, String> config)
                throws KafkaFailure {
            count();
            return kafka.create(topic, partitions, replicas, config);
        }

        @Override
        public void addPartitions(String topic, int total) throws KafkaFailure {
            count();
            kafka.addPartitions(topic, total);
        }

        @Override
        public void alterConfig(String topic, Map<String, String> set, Set<String> remove) throws KafkaFailure {
            count();
            kafka.alterConfig(topic, set, remove);
        }

        @Override
        public void delete(String topic) throws KafkaFailure {
            count();
            kafka.delete(topic);
        }
    }

    /** What server-side apply of our fields does. */
    void apply(DesiredTopic topic, PipelineId pipeline) {
        KafkaTopic old = resources.get(topic.resourceName());
        Map<String, String> config = new TreeMap<>();
        topic.config().forEach((key, value) -> config.put(key, String.valueOf(value)));
        KafkaTopicSpec spec =
                new KafkaTopicSpec(Optional.empty(), OptionalInt.of(topic.partitions()), OptionalInt.empty(), config);
        Map<String, String> labels = new HashMap<>(Labels.of(pipeline));
        labels.put(KafkaTopic.CLUSTER_LABEL, topic.cluster());
        long generation = old == null ? 1 : old.spec().equals(spec) ? old.generation() : old.generation() + 1;
        put(new KafkaTopic(
                topic.namespace(),
                topic.resourceName(),
                generation,
                old == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS).toString() : old.created(),
                false,
                labels,
                old == null ? Map.of() : old.annotations(),
                old == null ? Set.of() : old.finalizers(),
                spec,
                old == null ? KafkaTopicStatus.NONE : old.status()));
    }

    /** The same with a KafkaTopic as it is kept on the API server. */
    void apply(JsonNode resource, PipelineId pipeline) {
        String name = resource.at("/metadata/name").asText();
        JsonNode spec = resource.get("spec");
        Map<String, Object> config = new TreeMap<>();
        spec.path("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        apply(
                new DesiredTopic(
                        resource.at("/metadata/namespace").asText(),
                        name,
                        resource.at("/metadata/labels")
                                .get(KafkaTopic.CLUSTER_LABEL)
                                .asText(),
                        spec.path("topicName").asText(name),
                        spec.get("partitions").asInt(),
                        null,
                        config,
                        null),
                pipeline);
    }

    void delete(String name) {
        KafkaTopic old = resources.get(name);
        if (old != null && old.finalizers().isEmpty()) {
            resources.remove(name);
        } else if (old != null) {
            put(with(old, true, old.annotations(), old.finalizers(), old.status()));
        }
    }

    /** Somebody pauses every topic, or lets it go on. */
    void pause(boolean paused) {
        for (KafkaTopic topic : all()) {
            Map<String, String> annotations = new HashMap<>(topic.annotations());
            annotations.put(PAUSE, String.valueOf(paused));
            put(with(topic, topic.deleting(), annotations, topic.finalizers(), topic.status()));
        }
    }

    /** The Topic Operator looks at everything; a killed one leaves the rest to its successor's first look. */
    void look() {
        try {
            all().forEach(topic -> operator.reconcile(topic.name()));
        } catch (Killed e) {
            writesLeft = Integer.MAX_VALUE;
            operator = newOperator();
        }
    }

    List<TopicState> seen() {
        return resources.values().stream().map(SimulatedTopics::state).toList();
    }

    private static TopicState state(KafkaTopic topic) {
        KafkaTopicStatus status = topic.status();
        Optional<TopicState.Readiness> ready = status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(condition -> new TopicState.Readiness(
                        condition.status().equals("True"),
                        condition.reason().orElse(null),
                        condition.message().orElse(null)))
                .findFirst();
        Optional<String> suspended = status.conditions().stream()
                .map(KafkaTopicStatus.Condition::type)
                .filter(type -> type.equals("ReconciliationPaused") || type.equals("Unmanaged"))
                .findFirst();
        return new TopicState(
                topic.namespace(),
                topic.name(),
                topic.spec().topicName().orElse(topic.name()),
                topic.labels().get(KafkaTopic.CLUSTER_LABEL),
                Labels.pipelineOf(topic.labels()).orElse(null),
                null,
                topic.generation(),
                status.observedGeneration().isPresent()
                        ? status.observedGeneration().getAsLong()
                        : null,
                ready,
                suspended,
                status.topicName().orElse(null),
                status.topicId().orElse(null),
                topic.spec().partitions().getAsInt(),
                null,
                Map.copyOf(topic.spec().config()),
                Set.copyOf(topic.spec().config().keySet()),
                Instant.parse(topic.created()),
                topic.deleting());
    }

    @Override
    public Collection<KafkaTopic> all() {
        return List.copyOf(resources.values());
    }

    @Override
    public void addFinalizer(KafkaTopic topic) {
        count();
        KafkaTopic old = resources.get(topic.name());
        put(with(old, old.deleting(), old.annotations(), Set.of(KafkaTopic.FINALIZER), old.status()));
    }

    @Override
    public void removeFinalizer(KafkaTopic topic) {
        count();
        resources.remove(topic.name());
    }

    @Override
    public void writeStatus(KafkaTopic topic, KafkaTopicStatus status) {
        count();
        KafkaTopic old = resources.get(topic.name());
        put(with(old, old.deleting(), old.annotations(), old.finalizers(), status));
    }

    private void put(KafkaTopic topic) {
        resources.put(topic.name(), topic);
    }

    private static KafkaTopic with(
            KafkaTopic old,
            boolean deleting,
            Map<String, String> annotations,
            Set<String> finalizers,
            KafkaTopicStatus status) {
        return new KafkaTopic(
                old.namespace(),
                old.name(),
                old.generation(),
                old.created(),
                deleting,
                old.labels(),
                annotations,
                finalizers,
                old.spec(),
                status);
    }
}
