package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The user's pipeline, moved to this machine: what points to a cluster elsewhere is replaced, everything else stays.
 *
 * @param manifest what is applied
 * @param replaced what was replaced, one line each
 */
public record LocalPipeline(ObjectNode manifest, List<String> replaced) {
    private static final String SLOTS = "taskmanager.numberOfTaskSlots";
    private static final String SLOTS_HERE = "8";
    private static final String DURABILITY = "min.insync.replicas";

    public LocalPipeline {
        replaced = List.copyOf(replaced);
    }

    /**
     * Moves a pipeline.
     *
     * @param bootstrapServers of the rehearsal's broker
     * @param stateDir a URI of a local folder
     */
    public static LocalPipeline of(PipelineFile file, String bootstrapServers, String stateDir) {
        ObjectNode manifest = file.manifest().deepCopy();
        List<String> replaced = new ArrayList<>();
        if (manifest.path("spec") instanceof ObjectNode spec) {
            moveKafka(spec, bootstrapServers, replaced);
            List<JsonNode> topics = new ArrayList<>();
            spec.path("source").path("kafka").path("topics").forEach(topics::add);
            for (JsonNode sink : spec.path("sinks")) {
                topics.add(sink.path("kafka").path("topic"));
                sink.path("kafka").path("topics").forEach(topics::add);
            }
            topics.forEach(topic -> moveTopic(topic, replaced));
            if (spec.path("state") instanceof ObjectNode state && state.has("dir")) {
                replaced.add("spec.state.dir: " + state.path("dir").asText() + " -> " + stateDir);
                state.put("dir", stateDir);
            }
            if (spec.path("flink") instanceof ObjectNode flink) {
                moveFlink(flink, replaced);
            }
        }
        return new LocalPipeline(manifest, replaced);
    }

    private static void moveKafka(ObjectNode spec, String bootstrapServers, List<String> replaced) {
        if (!(spec.path("kafka") instanceof ObjectNode kafka)) {
            return;
        }
        TopicOwner.referred(wrap(spec))
                .ifPresent(reference -> replaced.add("spec.kafka.clusterRef: kept; a Kafka resource named "
                        + reference.name() + " whose listener " + reference.listener() + " is " + bootstrapServers
                        + " stands in for the cluster"));
        if (kafka.has("bootstrapServers")) {
            replaced.add("spec.kafka.bootstrapServers: "
                    + kafka.path("bootstrapServers").asText() + " -> " + bootstrapServers);
            kafka.put("bootstrapServers", bootstrapServers);
        }
        for (String security : List.of("tls", "authentication")) {
            if (kafka.remove(security) != null) {
                replaced.add("spec.kafka." + security + ": removed, the broker of the rehearsal is plain text");
            }
        }
        if (kafka.path("properties") instanceof ObjectNode properties) {
            List<String> secured = new ArrayList<>();
            properties.fieldNames().forEachRemaining(secured::add);
            secured.removeIf(name -> !name.toLowerCase(Locale.ROOT).matches("(security|ssl|sasl)\\..*"));
            properties.remove(secured);
            secured.forEach(name -> replaced.add(
                    "spec.kafka.properties." + name + ": removed, the broker of the rehearsal is plain text"));
        }
    }

    private static void moveFlink(ObjectNode flink, List<String> replaced) {
        if (flink.has("image")) {
            replaced.add("spec.flink.image: " + flink.path("image").asText() + " -> the operator's image");
            flink.remove("image");
        }
        ObjectNode configuration = flink.withObjectProperty("flinkConfiguration");
        if (!configuration.has(SLOTS)) {
            replaced.add("spec.flink.flinkConfiguration: " + SLOTS + " " + SLOTS_HERE
                    + " added, so that one TaskManager process is enough");
            configuration.put(SLOTS, SLOTS_HERE);
        }
    }

    private static ObjectNode wrap(ObjectNode spec) {
        ObjectNode whole = spec.objectNode();
        whole.set("spec", spec);
        return whole;
    }

    private static void moveTopic(JsonNode node, List<String> replaced) {
        if (!(node instanceof ObjectNode topic)) {
            return;
        }
        String name = "topic " + topic.path("name").asText();
        if (topic.path("replicas").asInt(1) > 1) {
            replaced.add(name + ": replicas " + topic.path("replicas").asInt() + " -> 1, there is one broker");
            topic.put("replicas", 1);
        }
        if (topic.path("config") instanceof ObjectNode config
                && config.path(DURABILITY).asInt(1) > 1) {
            replaced.add(name + ": config " + DURABILITY + " removed, there is one broker");
            config.remove(DURABILITY);
        }
    }
}
