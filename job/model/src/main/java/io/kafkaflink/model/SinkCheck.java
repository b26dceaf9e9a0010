package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the sinks against the fields that reach them. */
final class SinkCheck {
    private static final String NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    private final JobConfiguration configuration;
    private final Optional<RecordSchema> schema;
    private final Violations found;
    private final Set<String> prefixes = new HashSet<>();

    private SinkCheck(JobConfiguration configuration, Optional<RecordSchema> schema, Violations found) {
        this.configuration = configuration;
        this.schema = schema;
        this.found = found;
    }

    static void check(JobConfiguration configuration, Optional<RecordSchema> schema, Violations found) {
        new SinkCheck(configuration, schema, found).sinks(configuration.sinks());
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
            boolean kind = found.exactlyOne(path, "kafka, print, discard", sink.kafka(), sink.print(), sink.discard());
            if (kind && sink.kafka() != null) {
                kafka(path + ".kafka", sink.kafka());
            }
        }
    }

    private void kafka(String path, JobConfiguration.KafkaSink sink) {
        if (found.matches(path + ".topic", sink.topic(), SourceCheck.TOPIC, SourceCheck.TOPIC_SHAPE)) {
            noLoop(path + ".topic", sink.topic());
        }
        if (found.present(path + ".format", sink.format(), "string or json")
                && found.exactlyOne(
                        path + ".format",
                        "string, json",
                        sink.format().string(),
                        sink.format().json())) {
            format(path + ".format", sink.format());
        }
        if (sink.keyField() != null && schema.isPresent()) {
            found.field(path + ".keyField", sink.keyField(), schema.get(), FieldType.singles());
        }
        delivery(path, sink);
    }

    private void noLoop(String path, String topic) {
        JobConfiguration.Source source = configuration.source();
        if (source != null && source.kafka() != null && source.kafka().topics().contains(topic)) {
            found.add(path, "a topic of the source", "another topic", "change it: the job would read its own output");
        }
    }

    private void format(String path, Format format) {
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
