package io.kafkaflink.model;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Pattern;

/** Refuses Kafka client properties that the pipeline decides elsewhere, and secrets written out in the clear. */
final class KafkaPropertiesCheck {
    private static final String FORMAT = "the formats of source and sinks decide it";
    private static final String OFFSETS = "offsets are kept in checkpoints and committed to the group with them";

    /** Property → why it is not the user's to set. */
    static final Map<String, String> OWNED = Map.ofEntries(
            entry("bootstrap.servers", "set kafka.bootstrapServers or kafka.clusterRef"),
            entry("group.id", "set source.kafka.groupId"),
            entry("client.id", "it is derived, so that clients of one pipeline differ"),
            entry("client.id.prefix", "set source.kafka.clientIdPrefix"),
            entry("enable.auto.commit", OFFSETS),
            entry("commit.offsets.on.checkpoint", OFFSETS),
            entry("auto.offset.reset", "set source.kafka.startingOffsets"),
            entry("isolation.level", "set source.kafka.isolationLevel"),
            entry("partition.discovery.interval.ms", "set source.kafka.partitionDiscoveryInterval"),
            entry("transactional.id", "it is derived from transactionalIdPrefix"),
            entry("transaction.timeout.ms", "set the sink's delivery.transactionTimeout"),
            entry("partitioner.class", "set the sink's partitioner and partitionerClass"),
            entry("acks", "every guarantee needs the acknowledgement of all in-sync replicas"),
            entry("enable.idempotence", "transactions need it on"),
            entry("key.serializer", FORMAT),
            entry("value.serializer", FORMAT),
            entry("key.deserializer", FORMAT),
            entry("value.deserializer", FORMAT));

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|secret).*|sasl\\.jaas\\.config|ssl\\.(.*\\.)?key");
    private static final Pattern FROM_FILE = Pattern.compile("(?s)^\\$\\{dir:[^}]+\\}$");
    /** A login refers to a file for its password, or names a keytab and has none. */
    private static final Pattern JAAS = Pattern.compile("(?s).*\\$\\{dir:[^}]+\\}.*"
            + "|com\\.sun\\.security\\.auth\\.module\\.Krb5LoginModule required(?!.*(?i:password)).*useKeyTab=true.*");

    private KafkaPropertiesCheck() {}

    static void check(String path, Map<String, String> properties, Violations found) {
        properties.forEach((key, value) -> {
            String property = path + "[" + key + "]";
            if (OWNED.containsKey(key)) {
                found.add(property, "a property of the pipeline itself", "none", "remove it: " + OWNED.get(key));
            } else if (value == null) {
                found.present(property, null, "a value");
            } else if (SECRET.matcher(key).matches() && !fromFile(key, value)) {
                found.add(
                        property,
                        "a secret written out",
                        "a reference as in ${dir:/path/of/mounted/secret:key}",
                        "mount the Secret and refer to it, and consider the value disclosed");
            }
        });
    }

    private static boolean fromFile(String key, String value) {
        return (key.equals("sasl.jaas.config") ? JAAS : FROM_FILE)
                .matcher(value)
                .matches();
    }
}
