package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Names what a revision is rendered from. While it stays the same the stored revision is the desired state, so that no new
 * operator, chart or schema restarts a job.
 *
 * <p>Restart class is every field of the spec that is not listed here as live; a field that a later version adds and
 * nobody classifies restarts the job, which is never wrong.
 */
public final class InputHash {
    private static final Set<String> LIVE = Set.of("suspend", "deletionPolicy", "upgrade");
    private static final Set<String> LIVE_OF_KAFKA = Set.of("topicOperator");
    private static final Set<String> LIVE_OF_STATE = Set.of("restoreFrom");
    private static final Set<String> LIVE_OF_TOPIC =
            Set.of("management", "partitions", "replicas", "config", "deletionPolicy");

    private InputHash() {}

    /**
     * SHA-256 (64 hex digits) over the canonical JSON of the restart-class fields, the parallelism, an
     * explicit set of partitions, and {@code uidChangeNonce} where it is not 0: of a pipeline that never used these the hash
     * is what it was before they existed.
     */
    public static String of(PipelineSpec spec, Partitions partitions) {
        Map<String, Object> inputs =
                new TreeMap<>(Map.of("parallelism", partitions.largest(), "spec", restartClass(spec)));
        if (!partitions.set().isEmpty()) {
            inputs.put("partitions", partitions.set());
        }
        if (spec.upgrade().uidChangeNonce() != 0) {
            inputs.put("uidChangeNonce", spec.upgrade().uidChangeNonce());
        }
        return CanonicalJson.sha256(CanonicalJson.write(inputs));
    }

    /** The restart-class fields as JSON values; topics and sinks by name, since their order means nothing. */
    static Map<String, Object> restartClass(PipelineSpec spec) {
        Map<String, Object> fields = without(SchemaDefaults.removedFrom(spec), LIVE);
        fields.computeIfPresent("kafka", (key, kafka) -> without(kafka, LIVE_OF_KAFKA));
        fields.computeIfPresent("state", (key, state) -> without(state, LIVE_OF_STATE));
        fields.computeIfPresent("source", (key, source) -> within(source, "kafka", InputHash::withTopics));
        fields.computeIfPresent("sinks", (key, sinks) -> byName(sinks, InputHash::sink));
        return fields;
    }

    private static Object withTopics(Map<String, Object> kafka) {
        kafka.computeIfPresent("topics", (key, topics) -> byName(topics, topic -> without(topic, LIVE_OF_TOPIC)));
        kafka.computeIfPresent("partitions", (key, partitions) -> sorted(partitions));
        return kafka;
    }

    /** The order of a set of partitions means nothing. */
    private static List<Map<String, Object>> sorted(Object partitions) {
        return ((List<?>) partitions)
                .stream()
                        .map(InputHash::copy)
                        .sorted(Comparator.comparing(CanonicalJson::write))
                        .toList();
    }

    private static Object sink(Object sink) {
        return within(sink, "kafka", kafka -> {
            kafka.computeIfPresent("topic", (key, topic) -> without(topic, LIVE_OF_TOPIC));
            return withTopics(kafka);
        });
    }

    private static Object within(Object object, String member, Function<Map<String, Object>, Object> change) {
        Map<String, Object> copy = copy(object);
        copy.computeIfPresent(member, (key, value) -> change.apply(copy(value)));
        return copy;
    }

    private static List<Object> byName(Object list, UnaryOperator<Object> change) {
        return ((List<?>) list)
                .stream()
                        .map(Object.class::cast)
                        .sorted(Comparator.comparing(
                                item -> String.valueOf(copy(item).get("name"))))
                        .map(change)
                        .toList();
    }

    private static Map<String, Object> without(Object object, Set<String> members) {
        Map<String, Object> copy = copy(object);
        copy.keySet().removeAll(members);
        return copy;
    }

    private static Map<String, Object> copy(Object object) {
        Map<String, Object> copy = new TreeMap<>();
        ((Map<?, ?>) object).forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
