package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.operator.GoldenFile;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.runtime.OperatorConfig.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class OperatorConfigTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String TABLE = "| Variable | Default | Meaning |\n|---|---|---|\n";

    @Test
    @DisplayName("an empty environment gives the defaults: all namespaces, no leader election, port 8080")
    void defaults() throws InvalidConfiguration {
        OperatorConfig config = OperatorConfig.parse(Map.of("PATH", "/bin"));

        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.topicNamespaces()).isEmpty();
        assertThat(config.leaderElection()).isEmpty();
        assertThat(config.health()).isEqualTo(new OperatorConfig.HealthEndpoint("0.0.0.0", 8080));
        assertThat(config.cleanupTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.requeueInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.log()).isEqualTo(new OperatorConfig.Log(LogFormat.TEXT, Level.INFO));
        assertThat(config.defaults().serviceAccount()).isEqualTo("flink");
        assertThat(config.defaults().stateDir()).isNull();
    }

    @Test
    @DisplayName("topics are looked for where pipelines are, unless told otherwise")
    void namespaces() throws InvalidConfiguration {
        assertThat(parse("WATCH_NAMESPACES", "a, b ,").topicNamespaces()).isEqualTo(Set.of("a", "b"));
        assertThat(OperatorConfig.parse(
                                Map.of("KAFKAFLINK_WATCH_NAMESPACES", "a", "KAFKAFLINK_TOPIC_NAMESPACES", "kafka"))
                        .topicNamespaces())
                .isEqualTo(Set.of("kafka"));
    }

    @Test
    @DisplayName("job images are read by pair of versions")
    void images() throws InvalidConfiguration {
        assertThat(parse("JOB_IMAGES", "2.2/5.0.0=host:5000/job:1,1.20/3.4.0=old")
                        .defaults()
                        .images())
                .containsEntry(new VersionPair("v2_2", "5.0.0"), "host:5000/job:1")
                .containsEntry(new VersionPair("v1_20", "3.4.0"), "old");
    }

    @Test
    @DisplayName("leader election takes namespace and identity, both optional")
    void leaderElection() throws InvalidConfiguration {
        OperatorConfig config = OperatorConfig.parse(
                Map.of("KAFKAFLINK_LEADER_ELECTION", "true", "KAFKAFLINK_LEADER_ELECTION_IDENTITY", "one"));

        assertThat(config.leaderElection().orElseThrow().identity()).contains("one");
        assertThat(config.leaderElection().orElseThrow().namespace()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HEALTH_PORT            | 70000      | a whole number from 0 to 65535
                    HEALTH_PORT            | http       | a whole number from 0 to 65535
                    RECONCILIATION_THREADS | 0          | a whole number from 1 to 500
                    CLEANUP_TIMEOUT        | 10         | a time span as in 500ms, 30s, 5m or 2h, from 1s to 604800s
                    REQUEUE_INTERVAL       | 1h         | from 1s to 600s
                    LEADER_ELECTION        | yes        | true or false
                    LOG_FORMAT             | xml        | one of [TEXT, JSON]
                    LOG_LEVEL              | LOUD       | one of [ERROR, WARN, INFO, DEBUG, TRACE]
                    JOB_IMAGES             | job:1      | <flink>/<connector>=<image>, as in 2.2/5.0.0=job:1
                    IDENTITY_PREFIX        | a.b        | at most 63 letters, digits and '-' without dots
                    TENANTS                | [{topicPrefixes: [a]}] | a YAML list of tenants
                    TENANTS                | [{namespaces: [a], topicPrefix: [b]}] | a YAML list of tenants
                    WATCH_NAMESPACES       | Shop       | names of namespaces, comma-separated
                    """)
    @DisplayName("what is wrong is refused with the variable, what was found and what is expected")
    void wrong(String setting, String value, String expected) {
        assertThatThrownBy(() -> parse(setting, value))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("KAFKAFLINK_" + setting + ": found '" + value + "', expected")
                .hasMessageContaining(expected);
    }

    @Test
    @DisplayName("a misspelt variable is refused with the list of those that exist, together with all other problems")
    void unknown() {
        assertThatThrownBy(() -> OperatorConfig.parse(
                        Map.of("KAFKAFLINK_WATCH_NAMESPACE", "shop", "KAFKAFLINK_LOG_LEVEL", "LOUD")))
                .hasMessageContaining("KAFKAFLINK_WATCH_NAMESPACE: there is no such setting; known are")
                .hasMessageContaining("KAFKAFLINK_WATCH_NAMESPACES")
                .hasMessageContaining("KAFKAFLINK_LOG_LEVEL: found 'LOUD'");
    }

    @Test
    @DisplayName("docs/configuration.md lists exactly the settings, with their defaults")
    void documented() throws IOException {
        StringBuilder table = new StringBuilder(TABLE);
        for (Setting setting : Setting.values()) {
            String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
            table.append("| `")
                    .append(setting.variable())
                    .append("` | ")
                    .append(value)
                    .append(" | ");
            table.append(setting.description()).append(" |\n");
        }
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf(TABLE);
        int end = document.indexOf("\n\n", start) + 1;
        assertThat(start).as("the table's head in docs/configuration.md").isPositive();

        GoldenFile.assertMatches(DOCUMENT, document.substring(0, start) + table + document.substring(end));
    }

    private static OperatorConfig parse(String setting, String value) throws InvalidConfiguration {
        return OperatorConfig.parse(Map.of("KAFKAFLINK_" + setting, value));
    }
}
