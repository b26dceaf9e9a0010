package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.monitoring.Dashboard;
import io.kafkaflink.monitoring.Prometheus;
import io.kafkaflink.monitoring.PrometheusServer;
import io.kafkaflink.monitoring.ScrapeTarget;
import io.kafkaflink.processes.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal as people run it. */
class RehearsalIT {
    private static final Duration WHOLE = Duration.ofMinutes(12);
    private static final Duration STARTED = Duration.ofMinutes(4);
    private static final String READY = "/metrics\n";

    private static final Pattern METRICS = Pattern.compile("Metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");

    @TempDir
    Path folder;

    /** One for each Flink process of two pipelines whose old and new jobs may run at once, and for those started again. */
    private final List<Integer> reporterPorts =
            Stream.generate(FreePorts::next).limit(12).toList();

    @Test
    @DisplayName(
            "clickstream from start to end, in folders with spaces: exit code 0, a table of zeros, dashboards with data, nothing left")
    void wholeFlow() throws Exception {
        InstalledRehearsal.requireApiServer();
        InstalledRehearsal installed = InstalledRehearsal.in(folder);
        // Its build takes longer than the rehearsal where it is the first.
        Prometheus.PROMETHEUS.program();
        try (RehearsalProcess rehearsal = installed.start(
                monitored(installed.example("clickstream.yaml")),
                "--work-dir",
                folder.resolve("work dir").toString(),
                "--report",
                folder.resolve("report.html").toString(),
                "--records-per-second",
                "200")) {
            rehearsal.awaitOutput(READY, STARTED);
            List<ProcessHandle> children = rehearsal.children();

            try (PrometheusServer prometheus = prometheus(rehearsal)) {
                assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isZero();
                assertThat(withoutData(prometheus)).isEmpty();
            }

            assertThat(rehearsal.output())
                    .containsPattern("lost +0 +0\n")
                    .containsPattern("duplicated +0 +0\n")
                    .containsPattern("out of order +0 +-\n")
                    .containsPattern("windows right / wrong +- +[1-9][0-9,]* / 0\n")
                    .contains("downtime, growth 2->4", "downtime, suspend and resume", "downtime, operator killed")
                    .contains("Nothing lost, nothing duplicated, everything right.\n")
                    .endsWith("Report: " + folder.resolve("report.html") + "\n");
            assertThat(folder.resolve("report.html"))
                    .content()
                    .contains("<polyline", "<td>growth 2-&gt;4</td>", "<td>Growth</td>", "Nothing lost");
            assertThat(children).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    /** The pipeline with the reporter that docs/operations.md shows. */
    private String monitored(String pipeline) throws IOException {
        Path file = Path.of(pipeline);
        String ports = reporterPorts.stream().map(String::valueOf).collect(Collectors.joining(","));
        Files.writeString(file, Files.readString(file).replace("    flinkVersion: v2_2\n", """
                                    flinkVersion: v2_2
                                    flinkConfiguration:
                                      metrics.reporters: prom
                                      metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
                                      metrics.reporter.prom.port: "%s"
                                      metrics.reporter.prom.filterLabelValueCharacters: "false"
                                """.formatted(ports)));
        return pipeline;
    }

    private PrometheusServer prometheus(RehearsalProcess rehearsal) throws IOException {
        Matcher metrics = METRICS.matcher(rehearsal.output());
        assertThat(metrics.find()).as(rehearsal.output()).isTrue();
        return PrometheusServer.start(
                Files.createDirectories(folder.resolve("prometheus")),
                List.of(
                        new ScrapeTarget(
                                "operator",
                                List.of(Integer.valueOf(metrics.group(1))),
                                "kafkaflink",
                                "kafkaflink-operator-1"),
                        new ScrapeTarget("flink", reporterPorts, "default", "clickstream")));
    }

    /** Queries of the dashboards that no second of the rehearsal answered; nothing failed in the operator meanwhile. */
    private static List<String> withoutData(PrometheusServer prometheus) throws IOException, InterruptedException {
        List<String> unanswered = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            String namespace = dashboard.name().contains("operator") ? "kafkaflink" : "default";
            for (String query : dashboard.queries(
                    Map.of("namespace", namespace, "pod", ".*", "name", ".*", "__rate_interval", "5s"))) {
                if (!query.contains("operator_sdk_reconciliations_failed_total")
                        && prometheus.everSinceStart(query).isEmpty()) {
                    unanswered.add(query);
                }
            }
        }
        return unanswered;
    }
}
