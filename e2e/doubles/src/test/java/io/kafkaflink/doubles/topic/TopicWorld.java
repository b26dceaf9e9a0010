package io.kafkaflink.doubles.topic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** KafkaTopics, Kafka and the double in memory, with a clock that only moves when told. */
final class TopicWorld implements KafkaTopicStore {

    final InMemoryTopics kafka = new InMemoryTopics();
    private final Map<String, KafkaTopic> resources = new LinkedHashMap<>();
    private final List<TopicRecording.Rows> watchers = new ArrayList<>();
    private final TopicOperatorSettings settings;
    private final TopicReconciler operator;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    TopicWorld() {
        this(TopicOperatorSettings.of("topics", "demo"));
    }

    TopicWorld(TopicOperatorSettings settings) {
        this.settings = settings;
        this.operator = new TopicReconciler(this, kafka, settings, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    void watch(TopicRecording.Rows rows) {
        watchers.clear();
        watchers.add(rows);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Creates a resource and lets the double handle it. */
    void create(String name, Map<String, String> labels, Map<String, String> annotations, KafkaTopicSpec spec) {
        put(new KafkaTopic(
                settings.namespace(),
                name,
                1,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                false,
                labels,
                annotations,
                Set.of(),
                spec,
                KafkaTopicStatus.NONE));
        handle(name);
    }

    void edit(String name, UnaryOperator<KafkaTopicSpec> edit) {
        KafkaTopic old = resources.get(name);
        put(copy(
                old,
                old.generation() + 1,
                old.deleting(),
                old.annotations(),
                old.finalizers(),
                edit.apply(old.spec()),
                old.status()));
        handle(name);
    }

    void annotate(String name, String key, String value) {
        KafkaTopic old = resources.get(name);
        Map<String, String> annotations = new HashMap<>(old.annotations());
        if (value == null) {
            annotations.remove(key);
        } else {
            annotations.put(key, value);
        }
        put(copy(old, old.generation(), old.deleting(), annotations, old.finalizers(), old.spec(), old.status()));
        handle(name);
    }

    void delete(String name) {
        KafkaTopic old = resources.get(name);
        if (old.finalizers().isEmpty()) {
            remove(old);
            operator.vanished(old);
        } else {
            put(copy(old, old.generation() + 1, true, old.annotations(), old.finalizers(), old.spec(), old.status()));
            handle(name);
        }
    }

    /** The periodic reconciliation. */
    void resync() {
        List.copyOf(resources.keySet()).forEach(this::handle);
    }

    /** One pass; what it asks to be retried is not retried. */
    void handle(String name) {
        operator.reconcile(name);
    }

    KafkaTopic topic(String name) {
        return resources.get(name);
    }

    TopicFacts.Present inKafka(String name) {
        return (TopicFacts.Present) kafka.describe(name);
    }

    @Override
    public Collection<KafkaTopic> all() {
        return List.copyOf(resources.values());
    }

    @Override
    public void addFinalizer(KafkaTopic topic) {
        finalizers(topic, true);
    }

    @Override
    public void removeFinalizer(KafkaTopic topic) {
        KafkaTopic current = resources.get(topic.name());
        if (current.deleting()) {
            remove(current);
        } else {
            finalizers(topic, false);
        }
    }

    @Override
    public void writeStatus(KafkaTopic topic, KafkaTopicStatus status) {
        KafkaTopic old = resources.get(topic.name());
        put(copy(old, old.generation(), old.deleting(), old.annotations(), old.finalizers(), old.spec(), status));
    }

    private void finalizers(KafkaTopic topic, boolean present) {
        KafkaTopic old = resources.get(topic.name());
        Set<String> finalizers = new HashSet<>(old.finalizers());
        if (present) {
            finalizers.add(KafkaTopic.FINALIZER);
        } else {
            finalizers.remove(KafkaTopic.FINALIZER);
        }
        put(copy(old, old.generation(), old.deleting(), old.annotations(), finalizers, old.spec(), old.status()));
    }

    private void put(KafkaTopic topic) {
        resources.put(topic.name(), topic);
        watchers.forEach(rows -> rows.add(false, topic.name(), TopicRecording.State.of(topic)));
    }

    private void remove(KafkaTopic topic) {
        resources.remove(topic.name());
        watchers.forEach(rows -> rows.add(true, topic.name(), TopicRecording.State.of(topic)));
    }

    private static KafkaTopic copy(
            KafkaTopic old,
            long generation,
            boolean deleting,
            Map<String, String> annotations,
            Set<String> finalizers,
            KafkaTopicSpec spec,
            KafkaTopicStatus status) {
        return new KafkaTopic(
                old.namespace(),
                old.name(),
                generation,
                old.created(),
                deleting,
                old.labels(),
                annotations,
                finalizers,
                spec,
                status);
    }
}
