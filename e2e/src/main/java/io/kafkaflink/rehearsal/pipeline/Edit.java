package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Changes of a pipeline's YAML as its owner would make them; each gives a changed copy. */
public final class Edit {
    /** Lateness that the changed pipeline allows more than before. */
    public static final Duration MORE_ALLOWANCE = Duration.ofSeconds(1);

    private static final String SETTING = "execution.buffer-timeout.interval";

    private Edit() {}

    /**
     * Raises the partitions of every managed topic that the parallelism follows. A source gets the consent that the
     * operator demands: whoever writes the topic with keys will write them to other partitions.
     */
    public static ObjectNode grow(ObjectNode manifest, int partitions) {
        ObjectNode grown = manifest.deepCopy();
        ObjectNode spec = (ObjectNode) grown.get("spec");
        boolean fromKafka = spec.path("source").has("kafka");
        for (ObjectNode topic : leading(spec)) {
            int before = topic.path("partitions").asInt();
            topic.put("partitions", partitions);
            if (fromKafka) {
                accept(spec, topic.path("name").asText() + " " + before + "->" + partitions);
            }
        }
        return grown;
    }

    private static List<ObjectNode> leading(ObjectNode spec) {
        List<JsonNode> topics = new ArrayList<>();
        if (spec.path("source").has("kafka")) {
            spec.path("source").path("kafka").path("topics").forEach(topics::add);
        } else {
            for (JsonNode sink : spec.path("sinks")) {
                topics.add(sink.path("kafka").path("topic"));
                sink.path("kafka").path("topics").forEach(topics::add);
            }
        }
        return topics.stream()
                .filter(topic -> topic.path("management").asText("Managed").equals("Managed"))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    static void accept(ObjectNode spec, String value) {
        ObjectNode upgrade = spec.withObjectProperty("upgrade");
        upgrade.put("growth", "GrowInPlace");
        ArrayNode acknowledged = upgrade.withArrayProperty("acknowledge");
        acknowledged.addObject().put("risk", "Reordering").put("value", value);
    }

    /**
     * A change that restarts the job and leaves its results as they are: a second more allowance for late records
     * where there is event time, else a Flink setting.
     */
    public static ObjectNode harmless(ObjectNode manifest) {
        ObjectNode changed = manifest.deepCopy();
        ObjectNode spec = (ObjectNode) changed.get("spec");
        if (spec.path("eventTime") instanceof ObjectNode eventTime) {
            Duration allowance = Durations.parse(
                            eventTime.path("maxOutOfOrderness").asText("5s"))
                    .plus(MORE_ALLOWANCE);
            eventTime.put("maxOutOfOrderness", allowance.toMillis() + "ms");
        } else {
            spec.withObjectProperty("flink")
                    .withObjectProperty("flinkConfiguration")
                    .put(SETTING, "50 ms");
        }
        return changed;
    }

    /** What {@link #harmless} changes, for people. */
    public static String harmlessChange(ObjectNode manifest) {
        return manifest.path("spec").has("eventTime") ? "maxOutOfOrderness" : SETTING;
    }

    /** Stops the job with a savepoint, or resumes it. */
    public static ObjectNode suspend(ObjectNode manifest, boolean suspended) {
        ObjectNode changed = manifest.deepCopy();
        ((ObjectNode) changed.get("spec")).put("suspend", suspended);
        return changed;
    }

    /** A change that must not touch the job: whether it would outlive the deletion of the resource. */
    public static ObjectNode orphan(ObjectNode manifest, boolean orphan) {
        ObjectNode changed = manifest.deepCopy();
        ((ObjectNode) changed.get("spec")).put("deletionPolicy", orphan ? "Orphan" : "StopWithSavepoint");
        return changed;
    }
}
