package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rehearsal has to know of a pipeline.
 *
 * @param eventTimeField the field with epoch milliseconds; empty when event time is the record's own timestamp
 * @param maxOutOfOrderness how far behind the newest record of its partition a record is still on time
 * @param idleTimeout after which a partition without records no longer holds event time back
 */
public record Shape(
        Source source,
        Optional<String> eventTimeField,
        Duration maxOutOfOrderness,
        Duration idleTimeout,
        List<Transform> transforms,
        List<Sink> sinks) {
    private static final String DEFAULT_OUT_OF_ORDERNESS = "5s";
    private static final String DEFAULT_IDLE_TIMEOUT = "30s";

    public Shape {
        transforms = List.copyOf(transforms);
        sinks = List.copyOf(sinks);
    }

    /** Where records come from. */
    public sealed interface Source {}

    /** A topic of records. */
    public record KafkaInput(List<Topic> topics, Format format) implements Source {
        public KafkaInput {
            topics = List.copyOf(topics);
        }
    }

    /** Generated text: {@code text} and a running number. */
    public record Generator(String text) implements Source {}

    /**
     * Where records go.
     *
     * @param topics none for sinks that leave nothing to read, such as print
     * @param routing how a record's topic is found; empty where there is one for all
     * @param tombstones which records have no value; empty where all have one
     * @param exactlyOnce whether the sink promises neither loss nor repetition
     * @param results whether it receives what leaves the last step, and not dead letters or late records
     */
    public record Sink(
            String name,
            List<Topic> topics,
            Optional<Routing> routing,
            Optional<Tombstones> tombstones,
            Format format,
            boolean exactlyOnce,
            boolean results) {
        private static Sink read(JsonNode sink, boolean results) {
            JsonNode kafka = sink.path("kafka");
            List<Topic> topics = new ArrayList<>();
            kafka.path("topics").forEach(topic -> topics.add(Topic.read(topic)));
            if (kafka.has("topic")) {
                topics.add(Topic.read(kafka.get("topic")));
            }
            return new Sink(
                    sink.path("name").asText(),
                    List.copyOf(topics),
                    kafka.has("topicField") ? Optional.of(Routing.read(kafka)) : Optional.empty(),
                    kafka.has("tombstoneWhen")
                            ? Optional.of(new Tombstones(
                                    kafka.path("tombstoneWhen").asText(),
                                    kafka.path("keyField").asText()))
                            : Optional.empty(),
                    Format.read(kafka.path("format")),
                    "ExactlyOnce"
                            .equals(kafka.path("delivery").path("guarantee").asText("ExactlyOnce")),
                    results);
        }
    }

    /**
     * The topic of a record by one of its fields.
     *
     * @param other for records whose field names none of {@code topics}
     */
    public record Routing(String field, List<String> topics, String other) {
        private static Routing read(JsonNode kafka) {
            List<String> topics = new ArrayList<>();
            kafka.path("topics").forEach(topic -> topics.add(topic.path("name").asText()));
            return new Routing(
                    kafka.path("topicField").asText(),
                    List.copyOf(topics),
                    kafka.path("topic").path("name").asText());
        }

        /** Where a record with this value in the field belongs. */
        public String topicOf(Object value) {
            return value instanceof String name && topics.contains(name) ? name : other;
        }
    }

    /** Records for which a condition is true have a key and no value. */
    public record Tombstones(String when, String keyField) {}

    /** A topic as the resource names it; {@code management} is Managed, Existing or External. */
    public record Topic(String name, int partitions, String management) {
        static Topic read(JsonNode topic) {
            return new Topic(
                    topic.path("name").asText(),
                    topic.path("partitions").asInt(2),
                    topic.path("management").asText("Managed"));
        }

        public boolean managed() {
            return "Managed".equals(management);
        }
    }

    /** The form of record values. */
    public sealed interface Format {
        /** Plain text: one field named {@code value}. */
        record Text() implements Format {}

        /** JSON objects; types of the declared fields by name, in a sink none. */
        record Json(Map<String, String> fields) implements Format {}

        private static Format read(JsonNode format) {
            if (format.has("string") || ofText(format)) {
                return new Text();
            }
            if (format.has("typeInformation")) {
                throw new UncheckableException(
                        "the rehearsal does not read what Flink serializes; put json in place of typeInformation");
            }
            if (format.has("jsonKeyValue")) {
                throw new UncheckableException(
                        "the rehearsal sends and checks values without keys; put json in place of jsonKeyValue");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            format.path("json")
                    .path("fields")
                    .forEach(field -> fields.put(
                            field.path("name").asText(), field.path("type").asText()));
            return new Json(fields);
        }

        /** Of the classes that may read and write values, the rehearsal knows what Kafka's for text do. */
        private static boolean ofText(JsonNode format) {
            String name = format.at("/deserializer/deserializerClass").asText()
                    + format.at("/serializer/serializerClass").asText();
            if (!name.isEmpty() && !name.startsWith("org.apache.kafka.common.serialization.String")) {
                throw new UncheckableException(
                        "the rehearsal cannot tell what " + name + " makes of values; put string or json in its place");
            }
            return !name.isEmpty();
        }
    }

    /** Reads {@code spec}. */
    static Shape read(JsonNode spec) {
        JsonNode eventTime = spec.path("eventTime");
        UncheckableFields.refuseTimes(eventTime);
        boolean byField = "Field".equals(eventTime.path("timestamp").asText());
        Set<String> named = new HashSet<>();
        spec.path("transforms")
                .forEach(step -> named.add(step.at("/window/late/sink").asText()));
        named.add(spec.at("/source/kafka/onError/sink").asText());
        List<Sink> sinks = new ArrayList<>();
        for (JsonNode sink : spec.path("sinks")) {
            if (sink.has("jdbc")) {
                throw new UncheckableException("sink " + sink.path("name").asText()
                        + " keeps a table, and the rehearsal has no database; put print in its place to rehearse the"
                        + " rest");
            }
            boolean results = !named.contains(sink.path("name").asText());
            if (results) {
                UncheckableFields.refuseFormats(sink.path("kafka"));
            }
            sinks.add(Sink.read(sink, results));
        }
        return new Shape(
                readSource(spec),
                byField ? Optional.of(eventTime.path("field").asText()) : Optional.empty(),
                Durations.parse(eventTime.path("maxOutOfOrderness").asText(DEFAULT_OUT_OF_ORDERNESS)),
                Durations.parse(eventTime.path("idleTimeout").asText(DEFAULT_IDLE_TIMEOUT)),
                Transform.read(spec.path("transforms")),
                sinks);
    }

    private static Source readSource(JsonNode spec) {
        JsonNode source = spec.path("source");
        if (source.has("datagen")) {
            return new Generator(source.get("datagen").path("text").asText("message-"));
        }
        UncheckableFields.refuseFormats(source.path("kafka"));
        if (source.path("kafka").has("partitions")) {
            throw new UncheckableException(
                    "source.kafka.partitions may leave out partitions, and the rehearsal writes all"
                            + " of a topic; put topics in its place to rehearse the rest");
        }
        List<Topic> topics = new ArrayList<>();
        source.path("kafka").path("topics").forEach(topic -> topics.add(Topic.read(topic)));
        if (source.path("kafka").has("topicPattern")) {
            topics.addAll(FoundTopics.of(
                    source.path("kafka").path("topicPattern").asText(),
                    spec.path("flink").path("parallelism").asInt(1)));
        }
        return new KafkaInput(topics, Format.read(source.path("kafka").path("format")));
    }

    /** The window step, when there is one. */
    public Optional<Transform.Window> window() {
        return transforms.stream()
                .filter(Transform.Window.class::isInstance)
                .map(Transform.Window.class::cast)
                .findFirst();
    }

    /** Whether results wait for event time to pass. */
    public boolean waitsForTime() {
        return window().isPresent() || queriesWindows();
    }

    /** Whether there is a query over windows. */
    public boolean queriesWindows() {
        return transforms.stream().anyMatch(step -> step instanceof Transform.Query query && query.windowed());
    }

    /** Whether another pipeline makes the same of the same input; partition counts do not matter. */
    public boolean sameResults(Shape other) {
        return transforms.equals(other.transforms)
                && eventTimeField.equals(other.eventTimeField)
                && source.getClass().equals(other.source.getClass())
                && inputs().equals(other.inputs())
                && sinks.stream()
                        .map(Shape::result)
                        .toList()
                        .equals(other.sinks.stream().map(Shape::result).toList());
    }

    private List<Object> inputs() {
        return source instanceof KafkaInput input
                ? List.of(input.topics().stream().map(Topic::name).toList(), input.format())
                : List.of(source);
    }

    private static List<Object> result(Sink sink) {
        List<String> topics = sink.topics().stream().map(Topic::name).toList();
        return List.of(
                sink.name(),
                topics,
                sink.routing(),
                sink.tombstones(),
                sink.format(),
                sink.exactlyOnce(),
                sink.results());
    }

    /** All topics, the source's first. */
    public List<Topic> topics() {
        List<Topic> topics = new ArrayList<>(source instanceof KafkaInput input ? input.topics() : List.of());
        sinks.forEach(sink -> topics.addAll(sink.topics()));
        return topics;
    }

    /** The topics whose partition count is the parallelism: the source's, or for generated input the sinks'. */
    public List<Topic> leadingTopics() {
        if (source instanceof KafkaInput input) {
            return input.topics();
        }
        return sinks.stream().flatMap(sink -> sink.topics().stream()).toList();
    }
}
