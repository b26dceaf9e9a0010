package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The second pipeline of every rehearsal: numbered records in, the same records with the running count of their key
 * out, exactly once. It has the flink, kafka and state blocks of the user's file, so that what is shown of it holds for
 * that set-up.
 *
 * @param manifest what is applied
 * @param input topic of the numbered records: JSON objects with {@code key} and {@code n}
 * @param output topic of the results: the same with {@code count}; keyed by {@code key}, and its partition count never
 *     changes, so that the order of a key can be read from its offsets
 */
public record NumberedPipeline(ObjectNode manifest, String input, String output) {
    public static final String KEY = "key";
    public static final String NUMBER = "n";
    public static final String COUNT = "count";
    private static final int LONGEST_NAME = 40;
    private static final String SUFFIX = "-numbered";

    /**
     * Generates it beside a pipeline.
     *
     * @param beside moved to this machine already
     * @param partitions of both topics at first
     */
    public static NumberedPipeline beside(ObjectNode beside, String bootstrapServers, int partitions) {
        String base = beside.path("metadata").path("name").asText();
        String name = base.substring(0, Math.min(base.length(), LONGEST_NAME - SUFFIX.length())) + SUFFIX;
        String input = name + "-in";
        String output = name + "-out";
        ObjectNode manifest = beside.objectNode();
        manifest.set("apiVersion", beside.get("apiVersion"));
        manifest.put("kind", PipelineFile.KIND);
        ObjectNode metadata = manifest.putObject("metadata").put("name", name);
        metadata.put("namespace", beside.path("metadata").path("namespace").asText("default"));
        ObjectNode spec = manifest.putObject("spec");
        spec.set("kafka", kafka(beside, bootstrapServers));
        source(spec, input, partitions);
        spec.putArray("transforms")
                .addObject()
                .put("id", "count")
                .putObject("keyedCount")
                .put("keyBy", KEY)
                .put("as", COUNT);
        sink(spec, output, partitions);
        spec.set("flink", beside.path("spec").path("flink").deepCopy());
        // It reads a topic, whose partitions are the parallelism.
        ((ObjectNode) spec.get("flink")).remove("parallelism");
        spec.set("state", beside.path("spec").path("state").deepCopy());
        return new NumberedPipeline(manifest, input, output);
    }

    /**
     * The same pipeline when the one beside it has changed: with its new flink, state and upgrade blocks.
     *
     * @param beside moved to this machine already
     * @param partitions of the input; the output keeps its own
     */
    public ObjectNode upgraded(ObjectNode beside, String bootstrapServers, int partitions) {
        ObjectNode changed = beside(beside, bootstrapServers, partitions).manifest();
        String outputPartitions = "/spec/sinks/0/kafka/topic";
        ((ObjectNode) changed.at(outputPartitions))
                .set("partitions", manifest.at(outputPartitions).get("partitions"));
        ObjectNode spec = (ObjectNode) changed.get("spec");
        if (beside.at("/spec/upgrade") instanceof ObjectNode upgrade) {
            spec.set("upgrade", upgrade.deepCopy());
        }
        int before = manifest.at("/spec/source/kafka/topics/0/partitions").asInt();
        if (partitions > before) {
            Edit.accept(spec, input + " " + before + "->" + partitions);
        }
        return changed;
    }

    private static JsonNode kafka(ObjectNode beside, String bootstrapServers) {
        ObjectNode kafka = beside.path("spec").path("kafka") instanceof ObjectNode given
                ? given.deepCopy()
                : beside.objectNode().put("bootstrapServers", bootstrapServers);
        TopicOwner owner = TopicOwner.of(beside);
        kafka.putObject("topicOperator").put("cluster", owner.cluster()).put("namespace", owner.namespace());
        return kafka;
    }

    private static void source(ObjectNode spec, String topic, int partitions) {
        ObjectNode kafka = spec.putObject("source").putObject("kafka");
        kafka.putArray("topics").addObject().put("name", topic).put("partitions", partitions);
        ArrayNode fields = kafka.putObject("format").putObject("json").putArray("fields");
        fields.addObject().put("name", KEY).put("type", "String");
        fields.addObject().put("name", NUMBER).put("type", "Long");
    }

    private static void sink(ObjectNode spec, String topic, int partitions) {
        ObjectNode sink = spec.putArray("sinks").addObject().put("name", "main");
        ObjectNode kafka = sink.putObject("kafka");
        // The broker's own clock: downtime is read from the gaps between these times.
        kafka.putObject("topic")
                .put("name", topic)
                .put("partitions", partitions)
                .putObject("config")
                .put("message.timestamp.type", "LogAppendTime");
        kafka.putObject("format").putObject("json");
        kafka.put("keyField", KEY);
        kafka.putObject("delivery").put("guarantee", "ExactlyOnce");
    }
}
