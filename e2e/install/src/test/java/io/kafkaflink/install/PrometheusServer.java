package io.kafkaflink.install;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Prometheus that scrapes one operator each second, as a monitor of the chart would, and evaluates its alerts. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private PrometheusServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Returns when it answers. */
    static PrometheusServer start(Path folder, int operatorPort) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                scrape_configs:
                - job_name: operator
                  honor_labels: true
                  static_configs:
                  - targets: ["127.0.0.1:%d"]
                    labels: {namespace: kafkaflink, pod: kafkaflink-operator-1}
                """.formatted(
                        AlertFile.PATH.toAbsolutePath().normalize(), operatorPort));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        Prometheus.PROMETHEUS.program().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, address);
        try {
            await().atMost(DEADLINE).ignoreExceptions().until(() -> server.get("/-/ready")
                    .contains("Ready"));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The series that a query comes to now. */
    JsonNode query(String query) throws IOException, InterruptedException {
        return Repository.documents(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .get(0)
                .at("/data/result");
    }

    /** The rules with what became of their last evaluation. */
    JsonNode rules() throws IOException, InterruptedException {
        return Repository.documents(get("/api/v1/rules")).get(0).at("/data/groups/0/rules");
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
