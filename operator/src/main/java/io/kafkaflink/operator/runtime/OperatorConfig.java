package io.kafkaflink.operator.runtime;

import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.TenantPolicy;
import io.kafkaflink.operator.desired.VersionPair;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * The operator's settings, read once from the environment; {@code docs/configuration.md} explains each.
 *
 * @param watchNamespaces namespaces of the pipelines; empty for all
 * @param topicNamespaces namespaces of KafkaTopics and Kafka resources; empty for all
 * @param leaderElection empty when a single replica runs
 * @param cleanupTimeout limit of a pipeline's deletion
 * @param requeueInterval longest time between two looks at a pipeline
 */
public record OperatorConfig(
        Set<String> watchNamespaces,
        Set<String> topicNamespaces,
        OperatorDefaults defaults,
        Optional<LeaderElection> leaderElection,
        HealthEndpoint health,
        Duration cleanupTimeout,
        Duration requeueInterval,
        int reconciliationThreads,
        Log log) {

    private static final Pattern JOB_IMAGE = Pattern.compile("([0-9]+)\\.([0-9]+)/([0-9]+\\.[0-9]+\\.[0-9]+)=(\\S+)");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public OperatorConfig {
        watchNamespaces = Set.copyOf(watchNamespaces);
        topicNamespaces = Set.copyOf(topicNamespaces);
    }

    /**
     * Who leads.
     *
     * @param namespace of the Lease, empty for the pod's own
     * @param identity of this replica, empty for the host name
     */
    public record LeaderElection(Optional<String> namespace, Optional<String> identity) {}

    /** Where health and metrics are served; port 0 takes a free one. */
    public record HealthEndpoint(String address, int port) {}

    /** How the operator logs. */
    public record Log(LogFormat format, Level level) {}

    /** One line of text, or one JSON object, a log event. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /**
     * Reads the settings. Variables that begin with {@code KAFKAFLINK_} and are none are refused: a misspelt one would
     * otherwise silently leave a default in force.
     *
     * @throws InvalidConfiguration with every problem found
     */
    public static OperatorConfig parse(Map<String, String> environment) throws InvalidConfiguration {
        SettingReader reader = new SettingReader(environment);
        Set<String> watched = namespaces(reader, Setting.WATCH_NAMESPACES);
        Set<String> topics = namespaces(reader, Setting.TOPIC_NAMESPACES);
        OperatorConfig config = new OperatorConfig(
                watched,
                topics.isEmpty() ? watched : topics,
                defaults(reader),
                leaderElection(reader),
                new HealthEndpoint(reader.text(Setting.HEALTH_ADDRESS), reader.number(Setting.HEALTH_PORT, 0, 65535)),
                reader.duration(Setting.CLEANUP_TIMEOUT, Duration.ofSeconds(1), Duration.ofDays(7)),
                reader.duration(Setting.REQUEUE_INTERVAL, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.number(Setting.RECONCILIATION_THREADS, 1, 500),
                new Log(
                        reader.constant(Setting.LOG_FORMAT, LogFormat.class),
                        reader.constant(Setting.LOG_LEVEL, Level.class)));
        if (!reader.problems().isEmpty()) {
            throw new InvalidConfiguration(reader.problems());
        }
        return config;
    }

    private static Set<String> namespaces(SettingReader reader, Setting setting) {
        Set<String> names = reader.list(setting);
        names.stream()
                .filter(name -> !NAMESPACE.matcher(name).matches())
                .forEach(name -> reader.problem(setting, name, "names of namespaces, comma-separated"));
        return names;
    }

    private static OperatorDefaults defaults(SettingReader reader) {
        Map<VersionPair, String> images = new TreeMap<>(java.util.Comparator.comparing(VersionPair::toString));
        for (String entry : reader.list(Setting.JOB_IMAGES)) {
            Matcher parts = JOB_IMAGE.matcher(entry);
            if (parts.matches()) {
                String flinkVersion = "v" + parts.group(1) + "_" + parts.group(2);
                images.put(new VersionPair(flinkVersion, parts.group(3)), parts.group(4));
            } else {
                reader.problem(Setting.JOB_IMAGES, entry, "<flink>/<connector>=<image>, as in 2.2/5.0.0=job:1");
            }
        }
        String prefix = reader.text(Setting.IDENTITY_PREFIX);
        if (!prefix.matches(OperatorDefaults.IDENTITY_PREFIX_PATTERN)) {
            reader.problem(Setting.IDENTITY_PREFIX, prefix, "at most 63 letters, digits and '-' without dots");
            prefix = "";
        }
        String stateDir = reader.text(Setting.STATE_DIR);
        return new OperatorDefaults(
                images,
                stateDir.isEmpty() ? null : stateDir,
                reader.text(Setting.SERVICE_ACCOUNT),
                prefix,
                tenants(reader));
    }

    private static TenantPolicy tenants(SettingReader reader) {
        String yaml = reader.text(Setting.TENANTS);
        try {
            return TenantPolicy.parse(yaml);
        } catch (IllegalArgumentException e) {
            reader.problem(Setting.TENANTS, yaml, "a YAML list of tenants: " + e.getMessage());
            return TenantPolicy.OPEN;
        }
    }

    private static Optional<LeaderElection> leaderElection(SettingReader reader) {
        LeaderElection election = new LeaderElection(
                Optional.of(reader.text(Setting.LEADER_ELECTION_NAMESPACE)).filter(text -> !text.isEmpty()),
                Optional.of(reader.text(Setting.LEADER_ELECTION_IDENTITY)).filter(text -> !text.isEmpty()));
        return reader.flag(Setting.LEADER_ELECTION) ? Optional.of(election) : Optional.empty();
    }
}
