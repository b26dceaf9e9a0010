package io.kafkaflink.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the sinks against the fields that reach them. */
final class SinkCheck {
    private static final String CLASS = "^[A-Za-z_][A-Za-z0-9_.$]*$";

    private static final String NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    private final JobConfiguration configuration;
    private final SinkInputs inputs;
    private final Violations found;
    private final Set<String> prefixes = new HashSet<>();

    /** The fields that reach the sink of the moment, when they can be told. */
    private Optional<RecordSchema> schema = Optional.empty();

    private SinkCheck(JobConfiguration configuration, SinkInputs inputs, Violations found) {
        this.configuration = configuration;
        this.inputs = inputs;
        this.found = found;
    }

    static void check(JobConfiguration configuration, Optional<RecordSchema> results, Violations found) {
        SinkInputs inputs = SinkInputs.check(configuration, results, found);
        new SinkCheck(configuration, inputs, found).sinks(configuration.sinks());
    }

    private void sinks(List<JobConfiguration.Sink> sinks) {
        if (sinks.isEmpty()) {
            found.add("sinks", "none", "at least one sink", "add it");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sinks.size(); i++) {
            JobConfiguration.Sink sink = sinks.get(i);
            String path = "sinks[" + i + "]";
            if (found.matches(path + ".name", sink.name(), NAME, "at most 40 lower-case letters, digits and dashes")
                    && !names.add(sink.name())) {
                found.add(
                        path + ".name", Violations.quoted(sink.name()) + " again", "a unique name", "rename the sink");
            }
            boolean kind = found.exactlyOne(
                    path, "kafka, jdbc, print, discard", sink.kafka(), sink.jdbc(), sink.print(), sink.discard());
            schema = inputs.of(sink.name());
            if (kind && sink.kafka() != null) {
                kafka(path + ".kafka", sink.kafka());
            } else if (kind && sink.jdbc() != null) {
                JdbcCheck.check(path + ".jdbc", sink.jdbc(), schema, found);
            }
        }
    }

    private void kafka(String path, JobConfiguration.KafkaSink sink) {
        topics(path, sink);
        if (found.present(path + ".format", sink.format(), "string, json, raw or avro")
                && found.exactlyOne(
                        path + ".format",
                        "string, json, raw, avro",
                        sink.format().string(),
                        sink.format().json(),
                        sink.format().raw(),
                        sink.format().avro())) {
            format(path + ".format", sink.format());
        }
        if (sink.keyField() != null && schema.isPresent()) {
            found.field(path + ".keyField", sink.keyField(), schema.get(), FieldType.singles());
        }
        if (sink.headers() != null) {
            headers(path + ".headers", sink.headers());
        }
        timestamp(path, sink);
        partitioner(path, sink);
        if (sink.tombstoneWhen() != null) {
            tombstones(path, sink);
        }
        delivery(path, sink);
    }

    private void tombstones(String path, JobConfiguration.KafkaSink sink) {
        if (sink.keyField() == null) {
            found.add(
                    path + ".tombstoneWhen",
                    "records without key",
                    "a key that the record without value deletes",
                    "set keyField");
        }
        schema.ifPresent(fields -> found.expression(path + ".tombstoneWhen", sink.tombstoneWhen(), fields));
    }

    private void timestamp(String path, JobConfiguration.KafkaSink sink) {
        String here = path + ".timestampField";
        if (sink.timestamp() == RecordTimestamp.Field) {
            if (found.present(here, sink.timestampField(), "a field of type Long with epoch milliseconds")
                    && schema.isPresent()) {
                found.field(here, sink.timestampField(), schema.get(), FieldType.Long);
            }
        } else if (sink.timestampField() != null) {
            found.add(here, Violations.quoted(sink.timestampField()), "none", "remove it, or set timestamp: Field");
        }
    }

    private void partitioner(String path, JobConfiguration.KafkaSink sink) {
        if (sink.partitioner() == Partitioning.SourcePartition) {
            sourcePartition(path + ".partitioner");
        }
        String here = path + ".partitionerClass";
        if (sink.partitioner() == Partitioning.Custom) {
            found.matches(here, sink.partitionerClass(), CLASS, "the full name of a class");
        } else if (sink.partitionerClass() != null) {
            found.add(
                    here, Violations.quoted(sink.partitionerClass()), "none", "remove it, or set partitioner: Custom");
        }
    }

    private void headers(String path, List<Header> headers) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            String here = path + "[" + i + "]";
            if (found.matches(here + ".name", header.name(), Header.NAME, Header.NAME_SHAPE)
                    && !names.add(header.name())) {
                found.add(here + ".name", Violations.quoted(header.name()) + " again", "each header once", "rename it");
            }
            if (found.exactlyOne(here, "value, field", header.value(), header.field())
                    && header.field() != null
                    && schema.isPresent()) {
                found.field(here + ".field", header.field(), schema.get(), FieldType.singles());
            }
        }
    }

    private void sourcePartition(String path) {
        String found = configuration.source() != null && configuration.source().datagen() != null
                ? "SourcePartition of generated records"
                : configuration.transforms().stream().anyMatch(step -> step.window() != null)
                        ? "SourcePartition behind a window"
                        : null;
        if (found != null) {
            this.found.add(path, found, "records of which each was made of one that was read", "choose another");
        }
    }

    private void topics(String path, JobConfiguration.KafkaSink sink) {
        boolean named = sink.topicField() != null || sink.topics() != null;
        if (!named || sink.topic() != null) {
            topic(path + ".topic", sink.topic());
        }
        if (!named) {
            return;
        }
        if (found.present(path + ".topicField", sink.topicField(), "the field that names the topic of a record")
                && schema.isPresent()) {
            found.field(path + ".topicField", sink.topicField(), schema.get(), FieldType.String);
        }
        if (sink.topics() == null || sink.topics().isEmpty()) {
            found.add(path + ".topics", "none", "the topics that topicField may name", "add them");
            return;
        }
        Set<String> seen = new HashSet<>(Collections.singleton(sink.topic()));
        for (int i = 0; i < sink.topics().size(); i++) {
            String here = path + ".topics[" + i + "]";
            topic(here, sink.topics().get(i));
            if (!seen.add(sink.topics().get(i))) {
                found.add(here, Violations.quoted(sink.topics().get(i)) + " again", "each topic once", "remove it");
            }
        }
    }

    private void topic(String path, String topic) {
        JobConfiguration.Source source = configuration.source();
        if (found.matches(path, topic, SourceCheck.TOPIC, SourceCheck.TOPIC_SHAPE)
                && source != null
                && source.kafka() != null
                && source.kafka().topics().contains(topic)) {
            found.add(path, "a topic of the source", "another topic", "change it: the job would read its own output");
        }
    }

    private void format(String path, Format format) {
        found.charset(path + ".string", format.string());
        if (format.avro() != null) {
            AvroCheck.sink(path + ".avro", format.avro(), schema, found);
        }
        if (format.json() != null
                && format.json().fields() != null
                && !format.json().fields().isEmpty()) {
            found.add(path + ".json.fields", "declared fields", "none", "remove them: a sink writes all fields");
        }
        if (format.string() != null
                && schema.isPresent()
                && schema.get().textField().isEmpty()) {
            found.add(
                    path + ".string",
                    "records with the fields " + schema.get().names(),
                    "records with one field, or with a field named " + RecordSchema.VALUE,
                    "use json");
        }
        if (format.raw() != null
                && schema.isPresent()
                && schema.get().bytesField().isEmpty()) {
            found.add(
                    path + ".raw",
                    "records with the fields " + schema.get().names(),
                    "a field of type Bytes, the only one or named " + RecordSchema.VALUE,
                    "use string or json");
        }
    }

    private void delivery(String path, JobConfiguration.KafkaSink sink) {
        String timeout = path + ".delivery.transactionTimeout";
        found.timespan(timeout, sink.delivery().transactionTimeout())
                .filter(span -> span.toMillis() > Integer.MAX_VALUE)
                .ifPresent(
                        span -> found.add(timeout, sink.delivery().transactionTimeout(), "at most 24d", "shorten it"));
        if (sink.delivery().guarantee() != Delivery.Guarantee.ExactlyOnce) {
            return;
        }
        String prefix = sink.transactionalIdPrefix();
        String here = path + ".transactionalIdPrefix";
        if (found.matches(here, prefix, "^[^\\s]+\\.$", "a prefix that ends with a dot")) {
            // POOLING aborts every open transaction whose id starts with the prefix, a neighbour's too.
            prefixes.stream()
                    .filter(other -> other.startsWith(prefix) || prefix.startsWith(other))
                    .forEach(other -> found.add(
                            here,
                            Violations.quoted(prefix) + " beside " + Violations.quoted(other),
                            "prefixes of which none starts with another",
                            "change one of them"));
            prefixes.add(prefix);
        }
    }
}
