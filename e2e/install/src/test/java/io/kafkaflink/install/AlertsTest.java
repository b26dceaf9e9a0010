package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The alerts beside what people read of them. What they do is tested by promtool in AlertsIT. */
class AlertsTest {
    /** What Flink exports with the reporter that docs/operations.md shows; tests of every job wait for the first. */
    static final Set<String> OF_FLINK = Set.of(
            "flink_jobmanager_job_numberOfCompletedCheckpoints",
            "flink_jobmanager_job_lastCheckpointDuration",
            "flink_jobmanager_job_numRestarts");

    private static final Path DOCS = Repository.ROOT.resolve("docs");
    private static final String OPERATIONS = Repository.text(DOCS.resolve("operations.md"));

    @Test
    @DisplayName("each has a severity, words for people, and a page of its own to look up")
    void words() {
        assertThat(AlertFile.rules()).hasSizeGreaterThan(8).allSatisfy(rule -> {
            String name = rule.path("alert").asText();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
            Path page = Path.of(rule.at("/annotations/runbook_url").asText());
            assertThat(page).isEqualTo(Path.of("docs/runbooks", name + ".md"));
            assertThat(Repository.text(Repository.ROOT.resolve(page)))
                    .as(name)
                    .startsWith("# " + name + "\n")
                    .contains(
                            rule.at("/labels/severity").asText().equals("critical")
                                    ? "**Somebody is called.**"
                                    : "**Somebody reads it.**",
                            "\n## Check\n\n```sh\n",
                            "\n## Do\n",
                            "\n## Escalate\n");
        });
    }

    @Test
    @DisplayName("those of single pipelines name namespace and pipeline, and the command that tells more")
    void pipelines() {
        assertThat(AlertFile.rules())
                .filteredOn(rule -> rule.path("expr").asText().contains("(namespace, name"))
                .hasSize(7)
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/description").asText())
                                .containsIgnoringCase("pipeline {{ $labels.namespace }}/{{ $labels.name }} "));
    }

    @Test
    @DisplayName("each runbook is that of an alert")
    void runbooks() {
        assertThat(Repository.files(DOCS.resolve("runbooks"), ".md"))
                .extracting(page -> page.getFileName().toString().replace(".md", ""))
                .hasSameElementsAs(AlertFile.names());
    }

    @Test
    @DisplayName("docs/operations.md lists each with its severity")
    void listed() {
        Map<String, String> listed = Pattern.compile("(?m)^\\| \\[(\\w+)]\\(runbooks/\\1\\.md\\) \\| (\\w+) \\|")
                .matcher(OPERATIONS)
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        Map<String, String> alerts = new TreeMap<>();
        AlertFile.rules()
                .forEach(rule -> alerts.put(
                        rule.path("alert").asText(), rule.at("/labels/severity").asText()));

        assertThat(listed).isEqualTo(alerts);
    }

    @Test
    @DisplayName("values can be set for these and no others")
    void values() {
        JsonNode allowed = Repository.tree(Repository.CHART.resolve("values.schema.json"))
                .at("/properties/metrics/properties/prometheusRule/properties/alerts/patternProperties");
        Set<String> names = Pattern.compile("\\w+(?=[|)])")
                .matcher(allowed.fieldNames().next())
                .results()
                .map(name -> "KafkaFlink" + name.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(allowed).hasSize(1);
        assertThat(names).isEqualTo(AlertFile.names());
    }

    @Test
    @DisplayName("a condition compares with one number at most, which a value can replace")
    void thresholds() {
        assertThat(AlertFile.rules()).allSatisfy(rule -> assertThat(Pattern.compile("[<>] ?[0-9.]+")
                        .matcher(rule.path("expr").asText())
                        .results())
                .hasSizeLessThanOrEqualTo(1));
    }

    @Test
    @DisplayName(
            "every metric is one that the operator is said and tested to export, or one of Flink's that are listed here")
    void metrics() {
        assertThat(AlertFile.metrics()).hasSizeGreaterThan(10).allSatisfy(AlertsTest::exists);
    }

    static void exists(String metric) {
        assertThat(known(metric)).as("docs/operations.md has %s", metric).isTrue();
    }

    /** Those of the JVM are too many for the page; ReleaseIT looks for them at a running operator. */
    private static boolean known(String metric) {
        return documented().contains(metric.replaceFirst("_seconds_(sum|count|max)$", "_seconds"))
                || OF_FLINK.contains(metric)
                || metric.matches("(jvm|process|system)_\\w+");
    }

    private static Set<String> documented() {
        return Pattern.compile("`((?:kafkaflink|operator_sdk)_\\w+)`")
                .matcher(OPERATIONS)
                .results()
                .map(MatchResult::group)
                .map(code -> code.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
