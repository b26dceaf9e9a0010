package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Health live = Health.good();
    private Health ready = new Health(List.of("the operator is starting"));
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = HealthServer.start(
                new OperatorConfig.HealthEndpoint("127.0.0.1", 0), () -> live, () -> ready, () -> "up 1\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("probes answer 200 or 503 with the reason, and follow the state")
    void probes() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("the operator is starting");

        ready = Health.good();
        live = new Health(List.of("informer kafkatopics has stopped"));

        assertThat(get("/readyz").body()).isEqualTo("ok\n");
        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/livez").body()).contains("informer kafkatopics has stopped");
    }

    @Test
    @DisplayName("metrics are Prometheus text")
    void metrics() throws Exception {
        assertThat(get("/metrics").body()).isEqualTo("up 1\n");
        assertThat(get("/metrics").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    @DisplayName("threads are shown with their stacks, the one that answers among them")
    void threads() throws Exception {
        assertThat(get("/threads").body()).contains("\"health\" RUNNABLE", "    at ");
    }

    @Test
    @DisplayName("anything else is not found, also below a known path")
    void unknown() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/livezz").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
