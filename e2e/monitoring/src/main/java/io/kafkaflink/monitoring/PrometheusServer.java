package io.kafkaflink.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.Command;
import io.kafkaflink.processes.FreePorts;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes each second and evaluates the chart's alerts. */
public final class PrometheusServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant started = Instant.now();
    private final ProcessLedger ledger;
    private final String address;

    private PrometheusServer(ProcessLedger ledger, String address) {
        this.ledger = ledger;
        this.address = address;
    }

    /**
     * Returns when it answers.
     *
     * @param folder for its configuration, data and log
     * @throws io.kafkaflink.processes.ProcessFailedException when it does not within a minute
     */
    public static PrometheusServer start(Path folder, List<ScrapeTarget> targets) throws IOException {
        Path config = Files.writeString(
                folder.resolve("prometheus.yaml"),
                "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: [\"" + ChartFiles.alerts()
                        + "\"]\nscrape_configs:\n"
                        + targets.stream().map(ScrapeTarget::configuration).collect(Collectors.joining()));
        String address = "127.0.0.1:" + FreePorts.next();
        ProcessLedger ledger = ProcessLedger.open();
        try {
            ChildProcess process = ledger.start(new Command(
                    "prometheus",
                    List.of(
                            Prometheus.PROMETHEUS.program().toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=" + address),
                    Map.of(),
                    folder,
                    folder.resolve("prometheus.log")));
            PrometheusServer server = new PrometheusServer(ledger, address);
            process.awaitReady(server::ready, DEADLINE);
            return server;
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    private boolean ready() throws IOException {
        try {
            return answer("/-/ready").statusCode() == HttpURLConnection.HTTP_OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The series that a query comes to now. */
    public JsonNode query(String query) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + encoded(query)).at("/data/result");
    }

    /** The series that a query came to at any second since this server started. */
    public JsonNode everSinceStart(String query) throws IOException, InterruptedException {
        return get("/api/v1/query_range?query=" + encoded(query) + "&start=" + started.getEpochSecond() + "&end="
                        + Instant.now().getEpochSecond() + "&step=1")
                .at("/data/result");
    }

    /** The rules with what became of their last evaluation. */
    public JsonNode rules() throws IOException, InterruptedException {
        return get("/api/v1/rules").at("/data/groups/0/rules");
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return ChartFiles.tree(answer(path).body());
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
