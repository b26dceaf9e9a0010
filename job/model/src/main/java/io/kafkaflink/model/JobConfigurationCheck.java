package io.kafkaflink.model;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether a job configuration can run. The operator refuses a pipeline for the same findings before anything is
 * started, and the job refuses a file for them when it is started.
 */
public final class JobConfigurationCheck {
    /** As in design: room for a suffix under the Flink operator's limit of 45, no dots, so that prefixes never nest. */
    private static final String NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    private static final String NAMESPACE = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";
    private static final String SERVER = "([^\\s,:\\[\\]]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}";

    private JobConfigurationCheck() {}

    /** Everything that keeps the configuration from running, in the order of its fields; empty when it can. */
    public static List<Violation> violations(JobConfiguration configuration) {
        Violations found = new Violations();
        header(configuration, found);
        connection(configuration, found);
        Optional<RecordSchema> schema = SourceCheck.check(configuration, found);
        Optional<RecordSchema> results = TransformCheck.check(configuration, schema, found);
        SinkCheck.check(configuration, results, found);
        UidCheck.check(configuration, found);
        return found.list();
    }

    private static void header(JobConfiguration configuration, Violations found) {
        if (configuration.formatVersion() != JobConfiguration.FORMAT_VERSION) {
            found.add(
                    "formatVersion",
                    String.valueOf(configuration.formatVersion()),
                    String.valueOf(JobConfiguration.FORMAT_VERSION),
                    "use an image whose job jar belongs to this operator");
        }
        found.matches("namespace", configuration.namespace(), NAMESPACE, "a Kubernetes namespace");
        found.matches(
                "name",
                configuration.name(),
                NAME,
                "at most 40 lower-case letters, digits and dashes, starting with a letter");
        found.matches("flinkVersion", configuration.flinkVersion(), "^v[0-9]+_[0-9]+$", "a version as in v2_2");
        found.matches(
                "connectorVersion",
                configuration.connectorVersion(),
                "^[0-9]+\\.[0-9]+\\.[0-9]+$",
                "a version as in 5.0.0");
    }

    private static void connection(JobConfiguration configuration, Violations found) {
        JobConfiguration.KafkaConnection kafka = configuration.kafka();
        if (kafka == null) {
            if (needsKafka(configuration)) {
                found.present("kafka", null, "the Kafka cluster");
            }
            return;
        }
        found.matches(
                "kafka.bootstrapServers",
                kafka.bootstrapServers(),
                "^" + SERVER + "(," + SERVER + ")*$",
                "host:port pairs, comma-separated without spaces");
        KafkaPropertiesCheck.check("kafka.properties", kafka.properties(), found);
    }

    private static boolean needsKafka(JobConfiguration configuration) {
        return configuration.source() != null && configuration.source().kafka() != null
                || configuration.sinks().stream().anyMatch(sink -> sink.kafka() != null);
    }
}
