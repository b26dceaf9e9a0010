package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged operator needs for many pipelines, printed for docs/operations.md. No test by its name: a build does not
 * run it. {@code -Dit.test=SizingBench -Dsizing.pipelines=500} does.
 */
@RequiresKubeApi
class SizingBench {
    private static final int PIPELINES = Integer.getInteger("sizing.pipelines", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration IDLE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    @DisplayName("many pipelines from nothing to Ready, then a minute in which nothing happens")
    void many(KubeApi api, TestNamespace namespace) throws IOException, InterruptedException {
        World world = World.of(api);
        try (Site site = new Site(world, namespace.name()).withTopicOperator()) {
            Process operator = start(site, api);
            try {
                measure(site, operator);
            } finally {
                operator.destroyForcibly().waitFor();
            }
        }
    }

    private void measure(Site site, Process operator) throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < PIPELINES; i++) {
            site.apply(PipelineText.named("clicks-" + i));
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> ready(site) == PIPELINES);
        Duration all = Duration.ofNanos(System.nanoTime() - began);
        Duration busy = cpu(operator);
        // A measurement of a minute, not a wait for something.
        assertThat(operator.waitFor(IDLE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        Duration idle = cpu(operator).minus(busy);
        collect(operator);
        String metrics = metrics();
        System.out.printf(
                "%d pipelines: Ready after %d s, %d s of CPU; idle %d ms of CPU a minute; heap in use after collection %.0f MiB,"
                        + " resident %.0f MiB; longest reconcile %.2f s%n",
                PIPELINES,
                all.toSeconds(),
                busy.toSeconds(),
                idle.toMillis(),
                sum(metrics, "jvm_memory_used_bytes{area=\"heap\"") / (1 << 20),
                resident(operator) / 1024,
                sum(metrics, "operator_sdk_controllers_execution_reconcile_seconds_max"));
    }

    private static long ready(Site site) {
        return site
                .client
                .genericKubernetesResources("kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(site.namespace)
                .list()
                .getItems()
                .stream()
                .filter(pipeline -> String.valueOf(pipeline.<Object>get("status", "conditions"))
                        .contains("reason=Ready, status=True"))
                .count();
    }

    private static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Resident memory in KiB. */
    private static double resident(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static void collect(Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(process.pid()),
                                "GC.run")
                        .start()
                        .waitFor())
                .isZero();
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String metrics() throws IOException, InterruptedException {
        String log = Files.readString(folder.resolve("operator.log"));
        String port = log.replaceAll("(?s).*?port=\"?(\\d+).*", "$1");
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** With the heap that the chart's 512 MiB and 60 % make. */
    private Process start(Site site, KubeApi api) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx307m",
                        "-jar",
                        "target/kafkaflink-operator.jar")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("operator.log").toFile());
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeAll(List.copyOf(environment.keySet()).stream()
                        .filter(name -> name.startsWith("KAFKAFLINK_"))
                        .toList());
        environment.putAll(site.settings);
        environment.remove("KAFKAFLINK_RECONCILIATION_THREADS");
        environment.put(
                "KUBECONFIG",
                api.kubeconfigFile(ShippedRights.NAMESPACE, ShippedRights.ACCOUNT)
                        .toString());
        return builder.start();
    }
}
