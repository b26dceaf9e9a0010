package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the source and the event time read from it. */
final class SourceCheck {
    /** Legal topic names: kafka.apache.org, {@code org.apache.kafka.common.internals.Topic}. */
    static final String TOPIC = "^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$";

    static final String TOPIC_SHAPE = "a topic name: at most 249 letters, digits, dots, dashes and underscores";
    private static final int MOST_FIELDS = 100;
    private static final int MOST_PARTITIONS = 100_000;
    private static final long MOST_RECORDS = 1_000_000_000_000L;

    private SourceCheck() {}

    /** The fields that the source emits, when they can be told. */
    static Optional<RecordSchema> check(JobConfiguration configuration, Violations found) {
        JobConfiguration.Source source = configuration.source();
        if (!found.present("source", source, "kafka or datagen")
                || !found.exactlyOne("source", "kafka, datagen", source.kafka(), source.datagen())) {
            return Optional.empty();
        }
        if (source.datagen() != null) {
            datagen(source.datagen(), found);
        } else if (!kafka(source.kafka(), found)) {
            return Optional.empty();
        }
        RecordSchema schema = RecordSchema.of(source);
        eventTime(configuration.eventTime(), schema, found);
        return Optional.of(schema);
    }

    private static void datagen(DatagenSource datagen, Violations found) {
        int rate = datagen.recordsPerSecond();
        if (rate < 1 || rate > 1_000_000) {
            found.add("source.datagen.recordsPerSecond", String.valueOf(rate), "1 to 1000000", "change it");
        }
        if (datagen.count() != null && (datagen.count() < 1 || datagen.count() > MOST_RECORDS)) {
            found.add("source.datagen.count", String.valueOf(datagen.count()), "1 to " + MOST_RECORDS, "change it");
        }
    }

    /** True when the schema can be derived. */
    private static boolean kafka(JobConfiguration.KafkaSource source, Violations found) {
        topics(source.topics(), found);
        partitions(source, found);
        found.present("source.kafka.groupId", source.groupId(), "a consumer group");
        found.timespan("source.kafka.partitionDiscoveryInterval", source.partitionDiscoveryInterval());
        OffsetsCheck.check(source, found);
        client(source.client(), found);
        Format format = source.format();
        String path = "source.kafka.format";
        if (!found.present(path, format, "string, json, raw or avro")
                || !found.exactlyOne(
                        path, "string, json, raw, avro", format.string(), format.json(), format.raw(), format.avro())) {
            return false;
        }
        found.charset(path + ".string", format.string());
        if (format.avro() != null) {
            return AvroCheck.source(path + ".avro", format.avro(), found);
        }
        return format.json() == null
                || fields(path + ".json.fields", format.json().fields(), found);
    }

    private static void client(JobConfiguration.SourceClient client, Violations found) {
        if (client != null && client.idPrefix() != null) {
            found.matches(
                    "source.kafka.clientIdPrefix",
                    client.idPrefix(),
                    "^[a-zA-Z0-9._-]{1,200}$",
                    "at most 200 letters, digits, dots, dashes and underscores");
        }
        if (client != null && client.rackFromEnv() != null) {
            found.matches(
                    "source.kafka.rackFromEnv",
                    client.rackFromEnv(),
                    "^[A-Za-z_][A-Za-z0-9_]{0,99}$",
                    "the name of an environment variable");
        }
    }

    private static void topics(List<String> topics, Violations found) {
        if (topics.isEmpty()) {
            found.add("source.kafka.topics", "none", "at least one topic", "add it");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < topics.size(); i++) {
            String path = "source.kafka.topics[" + i + "]";
            if (found.matches(path, topics.get(i), TOPIC, TOPIC_SHAPE) && !seen.add(topics.get(i))) {
                found.add(path, "topic " + Violations.quoted(topics.get(i)) + " again", "each topic once", "remove it");
            }
        }
    }

    /** All topics or none: the connector takes either names or partitions. */
    private static void partitions(JobConfiguration.KafkaSource source, Violations found) {
        if (source.partitions() == null) {
            return;
        }
        String path = "source.kafka.partitions";
        if (!source.partitions().keySet().equals(new HashSet<>(source.topics()))) {
            found.add(
                    path,
                    source.partitions().keySet().toString(),
                    "a number for each of " + source.topics(),
                    "name each topic, or leave it out");
        }
        source.partitions().forEach((topic, count) -> {
            if (count < 1 || count > MOST_PARTITIONS) {
                found.add(path + "." + topic, String.valueOf(count), "1 to " + MOST_PARTITIONS, "change it");
            }
        });
    }

    private static boolean fields(String path, List<Field> fields, Violations found) {
        int before = found.count();
        if (fields == null || fields.isEmpty() || fields.size() > MOST_FIELDS) {
            int size = fields == null ? 0 : fields.size();
            found.add(path, size + " fields", "1 to " + MOST_FIELDS, "declare the fields that the pipeline reads");
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String here = path + "[" + i + "]";
            if (found.matches(here + ".name", field.name(), Field.NAME, Field.NAME_SHAPE) && !seen.add(field.name())) {
                found.add(here + ".name", Violations.quoted(field.name()) + " again", "each field once", "remove it");
            }
            if (found.present(here + ".type", field.type(), "String, Long, Double, Boolean, Bytes or Array")) {
                items(here + ".items", field, found);
            }
        }
        return found.count() == before;
    }

    private static void items(String path, Field field, Violations found) {
        Field.Items items = field.items();
        if (field.type().single()) {
            if (items != null) {
                found.add(path, "items of a " + field.type(), "none", "remove them or set type: Array");
            }
            return;
        }
        if (!found.present(path, items, "the type or the fields of the members")
                || !found.exactlyOne(path, "type, fields", items.type(), items.fields())) {
            return;
        }
        if (items.fields() == null) {
            single(path + ".type", items.type(), found);
            return;
        }
        if (items.fields().isEmpty()) {
            found.add(path + ".fields", "none", "at least one field", "add it");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.fields().size(); i++) {
            Field.Member member = items.fields().get(i);
            String here = path + ".fields[" + i + "]";
            if (found.matches(here + ".name", member.name(), Field.NAME, Field.NAME_SHAPE)
                    && !seen.add(member.name())) {
                found.add(here + ".name", Violations.quoted(member.name()) + " again", "each field once", "remove it");
            }
            single(here + ".type", member.type(), found);
        }
    }

    private static void single(String path, FieldType type, Violations found) {
        if (found.present(path, type, "String, Long, Double or Boolean") && !type.single()) {
            found.add(path, "Array", "String, Long, Double or Boolean", "change it: arrays do not nest");
        }
    }

    private static void eventTime(EventTime eventTime, RecordSchema schema, Violations found) {
        if (eventTime.timestamp() == EventTime.Timestamp.Field) {
            found.field("eventTime.field", eventTime.field(), schema, FieldType.Long);
        } else if (eventTime.field() != null) {
            found.add(
                    "eventTime.field",
                    Violations.quoted(eventTime.field()) + " with timestamp: Record",
                    "no field",
                    "remove it or set eventTime.timestamp: Field");
        }
        if (!eventTime.maxOutOfOrderness().matches("0+(ms|s|m|h|d)")) {
            found.timespan("eventTime.maxOutOfOrderness", eventTime.maxOutOfOrderness());
        }
        found.timespan("eventTime.idleTimeout", eventTime.idleTimeout());
    }
}
