package io.kafkaflink.model;

import java.util.Optional;

/** Checks the source and the event time read from it. */
final class SourceCheck {
    /** Legal topic names: kafka.apache.org, {@code org.apache.kafka.common.internals.Topic}. */
    static final String TOPIC = "^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$";

    static final String TOPIC_SHAPE = "a topic name: at most 249 letters, digits, dots, dashes and underscores";
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
        EventTimeCheck.check(configuration.eventTime(), configuration.transforms(), schema, found);
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
        SubscriptionCheck.check(source, found);
        found.present("source.kafka.groupId", source.groupId(), "a consumer group");
        found.timespan("source.kafka.partitionDiscoveryInterval", source.partitionDiscoveryInterval());
        OffsetsCheck.check(source, found);
        client(source.client(), found);
        return ReadFormatCheck.check("source.kafka.format", source.format(), found);
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
}
