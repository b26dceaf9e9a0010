package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator as a process of its own. */
@RequiresKubeApi
class OperatorJarIT {
    private static final Path JAR = Path.of("target/kafkaflink-operator.jar");
    private static final Pattern PORT = Pattern.compile("port=\"?(\\d+)");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("starts from the jar, becomes ready, and ends in order on SIGTERM")
    void startAndStop(KubeApi api, TestNamespace namespace) throws IOException, InterruptedException {
        World.of(api);
        Path log = folder.resolve("operator.log");
        Process process = start(
                log,
                Map.of(
                        "KUBECONFIG",
                        api.kubeconfigFile(ShippedRights.NAMESPACE, ShippedRights.ACCOUNT)
                                .toString(),
                        "KAFKAFLINK_WATCH_NAMESPACES",
                        namespace.name(),
                        "KAFKAFLINK_HEALTH_ADDRESS",
                        "127.0.0.1",
                        "KAFKAFLINK_HEALTH_PORT",
                        "0"));
        try {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(ready(log))
                    .isEqualTo(200));
            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(Files.readString(log)).doesNotContain("ERROR").contains("the operator has started");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisplayName("a wrong setting ends it at once with exit code 2 and the reason")
    void wrongSetting() throws IOException, InterruptedException {
        Path log = folder.resolve("operator.log");
        Process process = start(log, Map.of("KAFKAFLINK_HEALTH_PORT", "http"));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(log)).contains("KAFKAFLINK_HEALTH_PORT: found 'http', expected a whole number");
    }

    @Test
    @DisplayName("asked to check itself it says what is there and what is missing, and ends with 0 or 1")
    void selfCheck(KubeApi api, TestNamespace namespace) throws IOException, InterruptedException {
        World.of(api);
        Path log = folder.resolve("operator.log");
        String account = api.kubeconfigFile(ShippedRights.NAMESPACE, ShippedRights.ACCOUNT)
                .toString();
        Process installed = start(log, Map.of("KUBECONFIG", account), "--self-check");
        assertThat(installed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .contains("found: definition flinkdeployments.flink.apache.org", "self-check: nothing is missing")
                .doesNotContain("missing: ");
        assertThat(installed.exitValue()).isZero();

        api.client()
                .serviceAccounts()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("nobody")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .build())
                .create();
        Process without = start(
                log,
                Map.of(
                        "KUBECONFIG",
                        api.kubeconfigFile(namespace.name(), "nobody").toString(),
                        "KAFKAFLINK_LEADER_ELECTION",
                        "true",
                        "KAFKAFLINK_LEADER_ELECTION_NAMESPACE",
                        namespace.name()),
                "--self-check");
        assertThat(without.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .contains(
                        "missing: right to [get, list, watch, patch] kafkaflinkpipelines in all namespaces; bind the roles",
                        "missing: right to [get, create, update, patch] leases in namespace " + namespace.name());
        assertThat(without.exitValue()).isEqualTo(1);
    }

    private static Process start(Path log, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KAFKAFLINK_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int ready(Path log) throws IOException, InterruptedException {
        Matcher port = PORT.matcher(Files.readString(log));
        assertThat(port.find()).as("the port in the log").isTrue();
        URI uri = URI.create("http://127.0.0.1:" + port.group(1) + "/readyz");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
