package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.monitoring.Dashboard;
import io.kafkaflink.monitoring.PrometheusServer;
import io.kafkaflink.monitoring.ScrapeTarget;
import io.kafkaflink.operator.runtime.InvalidConfiguration;
import io.kafkaflink.operator.runtime.OperatorConfig;
import io.kafkaflink.operator.runtime.OperatorProcess;
import io.kafkaflink.operator.runtime.Outside;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a release on a real API server. No controllers run there, so no pod starts. */
@RequiresKubeApi
class ReleaseIT {
    private static final String NAME = "kafkaflink-operator";
    private static final String DEFINITION = "kafkaflinkpipelines.kafkaflink.io";
    private static final Path PIPELINE = Repository.ROOT.resolve("k8s/examples/prefix.yaml");

    private static final String NEEDS_JOB_OR_FAILURE =
            ".*(flink_jobmanager|operator_sdk_reconciliations_failed|kafkaflink_upgrade_step|_downtime_"
                    + "|_deadline_|pipeline_info|pipeline_partitions\\{|pipeline_parallelism).*";

    private Cluster cluster;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        cluster = new Cluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("install, upgrade with a changed definition, uninstall, install again: the pipelines stay as they are")
    void life(Helm line) throws IOException, InterruptedException {
        Command helm = cluster.helm(line);
        String notes = helm.run(
                        "install", NAME, previousChart().toString(), "--namespace", "kafkaflink", "--create-namespace")
                .orFail()
                .out();
        assertThat(notes)
                .contains("MISSING: the Flink Kubernetes Operator", "MISSING: Strimzi's Topic Operator")
                .contains("pipelines.jobImages is empty");
        cluster.awaitServed(DEFINITION);
        assertThat(columns()).doesNotContain("Reason");
        cluster.kubectl().run("apply", "--filename", PIPELINE.toString()).orFail();
        String pipeline = pipeline();

        upgrade(helm);
        assertThat(columns()).contains("Reason");
        assertThat(get("deployment/" + NAME)
                        .at("/metadata/labels/helm.sh~1chart")
                        .asText())
                .isEqualTo("kafkaflink-operator-0.1.0");

        JsonNode before = get("deployment/" + NAME);
        upgrade(helm);
        assertThat(get("deployment/" + NAME).at("/metadata/resourceVersion"))
                .as("an upgrade to the same writes nothing")
                .isEqualTo(before.at("/metadata/resourceVersion"));

        helm.run("uninstall", NAME, "--namespace", "kafkaflink").orFail();
        assertThat(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace("kafkaflink")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.client()
                        .rbac()
                        .clusterRoles()
                        .withName("kafkaflink:kafkaflink-operator-pipelines")
                        .get())
                .isNull();
        assertThat(pipeline()).isEqualTo(pipeline);

        helm.run("install", NAME, Repository.CHART.toString(), "--namespace", "kafkaflink")
                .orFail();
        assertThat(pipeline()).isEqualTo(pipeline);
    }

    @Test
    @DisplayName(
            "the operator works with the account, the rights and the settings of a namespaced release, and shows every metric that alerts and dashboard ask for")
    void operator() throws IOException, InterruptedException, InvalidConfiguration {
        cluster.createNamespaces("kafkaflink", "streaming", "kafka");
        Path values = Repository.VALUES.resolve("namespaced.yaml");
        cluster.helm(Helm.V4)
                .run(
                        "install",
                        NAME,
                        Repository.CHART.toString(),
                        "--namespace",
                        "kafkaflink",
                        "--values",
                        values.toString(),
                        "--set",
                        "crds.enabled=true,metrics.podMonitor.enabled=false,leaderElection.enabled=true")
                .orFail();
        cluster.awaitServed(DEFINITION);
        cluster.kubectl()
                .run("apply", "--namespace", "streaming", "--filename", PIPELINE.toString())
                .orFail();
        Map<String, String> settings = ChartRenderingIT.environment(ChartRenderingIT.rendered(Helm.V4, "namespaced"));
        settings.keySet().removeIf(variable -> !variable.startsWith("KAFKAFLINK_"));
        settings.put("KAFKAFLINK_HEALTH_PORT", "0");
        settings.put("KAFKAFLINK_LEADER_ELECTION", "true");
        settings.put("KAFKAFLINK_LEADER_ELECTION_NAMESPACE", "kafkaflink");
        settings.put("KAFKAFLINK_LEADER_ELECTION_IDENTITY", "test");

        try (KubernetesClient account = cluster.api().serviceAccountClient("kafkaflink", NAME);
                OperatorProcess process =
                        OperatorProcess.start(OperatorConfig.parse(settings), Outside.of(account.getConfiguration()))) {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(cluster.kubectl()
                            .run("get", "kfp", "prefix", "--namespace", "streaming", "--no-headers")
                            .out())
                    .contains("ImageMissing"));
            assertThat(ArgoScript.health(get("kfp/prefix", "streaming")).toString())
                    .contains("\"status\":\"Degraded\"", "ImageMissing: ");
            Set<String> missing = askedFor();
            String scraped = scrape(process.healthPort());
            missing.removeIf(metric -> scraped.contains("\n" + metric + "{") || scraped.contains("\n" + metric + " "));
            // The framework makes it when the first look fails.
            missing.remove("operator_sdk_reconciliations_failed_total");
            assertThat(missing).isEmpty();
            prometheusUnderstands(process.healthPort());
        }
    }

    /** All alerts are evaluated, and every query is answered; with data where an operator without jobs and failures has it. */
    private void prometheusUnderstands(int port) throws IOException {
        try (PrometheusServer prometheus = PrometheusServer.start(
                folder, List.of(new ScrapeTarget("operator", List.of(port), "kafkaflink", "kafkaflink-operator-1")))) {
            for (Dashboard dashboard : Dashboard.all()) {
                String namespace = dashboard.name().contains("operator") ? "kafkaflink" : "streaming";
                List<String> queries = dashboard.queries(
                        Map.of("namespace", namespace, "pod", ".*", "name", ".*", "__rate_interval", "5s"));
                assertThat(queries)
                        .filteredOn(query -> !query.matches(NEEDS_JOB_OR_FAILURE))
                        .hasSizeGreaterThan(8);
                for (String query : queries) {
                    await(query)
                            .atMost(Duration.ofMinutes(1))
                            .until(
                                    () -> prometheus.query(query),
                                    found -> found.isArray()
                                            && (!found.isEmpty() || query.matches(NEEDS_JOB_OR_FAILURE)));
                }
            }
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(prometheus.rules())
                    .hasSameSizeAs(AlertFile.names())
                    .extracting(rule -> rule.path("health").asText())
                    .containsOnly("ok"));
        }
    }

    /** Metrics of alerts and dashboards that an operator has before it has started a job. */
    private static Set<String> askedFor() {
        Set<String> names = new TreeSet<>(AlertFile.metrics());
        names.addAll(Dashboard.metrics());
        names.removeIf(name -> !name.matches(
                "(jvm|process|system|operator_sdk|kafkaflink_operator|kafkaflink_pipeline_condition|kafkaflink_upgrades)_\\w+"
                        + "|kafkaflink_pipeline_condition"));
        assertThat(names).hasSizeGreaterThan(20);
        return names;
    }

    private void upgrade(Command helm) throws IOException, InterruptedException {
        helm.run("upgrade", NAME, Repository.CHART.toString(), "--namespace", "kafkaflink")
                .orFail();
    }

    /** This chart as an earlier version might have been: another version, and a definition without one column. */
    private Path previousChart() throws IOException {
        for (Path file : Repository.files(Repository.CHART, "")) {
            Path copy = folder.resolve("previous")
                    .resolve(Repository.CHART.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(file, copy);
            }
        }
        Path chart = folder.resolve("previous");
        Files.writeString(
                chart.resolve("Chart.yaml"),
                Repository.text(chart.resolve("Chart.yaml")).replace("\nversion: 0.1.0", "\nversion: 0.0.9"));
        Path definition = chart.resolve("files").resolve(DEFINITION + ".yaml");
        ObjectNode tree = (ObjectNode) Repository.tree(definition);
        ((ArrayNode) tree.at("/spec/versions/0/additionalPrinterColumns")).remove(1);
        Files.writeString(definition, Repository.YAML.writeValueAsString(tree));
        return chart;
    }

    private List<String> columns() throws IOException, InterruptedException {
        return get("crd/" + DEFINITION)
                .at("/spec/versions/0/additionalPrinterColumns")
                .findValuesAsText("name");
    }

    /** What would change if anything wrote to it. */
    private String pipeline() throws IOException, InterruptedException {
        JsonNode metadata = get("kfp/prefix", "default").path("metadata");
        return metadata.path("uid").asText() + " "
                + metadata.path("resourceVersion").asText();
    }

    private JsonNode get(String object) throws IOException, InterruptedException {
        return get(object, "kafkaflink");
    }

    private JsonNode get(String object, String namespace) throws IOException, InterruptedException {
        return Repository.documents(cluster.kubectl()
                        .run("get", object, "--namespace", namespace, "--output", "json")
                        .orFail()
                        .out())
                .get(0);
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        return "\n"
                + HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
    }
}
