package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that a running cluster does not give on demand; the others are in {@link FlinkClusterIT}. */
class FlinkRestTest {
    private record Answer(int status, String body) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Queue<String> requests = new ArrayDeque<>();
    private HttpServer server;
    private FlinkRest rest;

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(body, StandardCharsets.UTF_8));
            Answer answer = answers.remove();
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        rest = new FlinkRest(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void failedSavepointIsAnError() {
        answers.add(new Answer(202, "{\"request-id\": \"t1\"}"));
        answers.add(new Answer(200, "{\"status\": {\"id\": \"IN_PROGRESS\"}, \"operation\": null}"));
        answers.add(new Answer(200, """
                {"status": {"id": "COMPLETED"},
                 "operation": {"failure-cause": {"class": "X", "stack-trace": "CheckpointException: expired"}}}"""));
        assertThatThrownBy(() -> rest.stopWithSavepoint("j1", "file:/sp", Duration.ofSeconds(20)))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("savepoint of job j1 failed: CheckpointException: expired");
        assertThat(requests.remove())
                .startsWith("POST /jobs/j1/stop ")
                .contains("\"drain\":false", "\"formatType\":\"CANONICAL\"", "\"targetDirectory\":\"file:/sp\"");
        assertThat(requests.remove()).startsWith("GET /jobs/j1/savepoints/t1 ");
    }

    @Test
    void refusalsCarryStatusAndText() {
        answers.add(new Answer(404, "{\"errors\": [\"Job j1 not found\"]}"));
        assertThatThrownBy(() -> rest.job("j1"))
                .asInstanceOf(InstanceOfAssertFactories.type(FlinkRestException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.isNotFound()).isTrue();
                    assertThat(refusal.isUnreachable()).isFalse();
                    assertThat(refusal).hasMessageContaining("/jobs/j1").hasMessageContaining("Job j1 not found");
                });
        answers.add(new Answer(503, "{\"errors\": [\"no leader\"]}"));
        assertThat(rest.answers()).isFalse();
    }

    @Test
    void nobodyListens() {
        server.stop(0);
        assertThat(rest.answers()).isFalse();
        assertThatThrownBy(rest::overview)
                .asInstanceOf(InstanceOfAssertFactories.type(FlinkRestException.class))
                .matches(FlinkRestException::isUnreachable);
    }

    @Test
    void tasksCountAsRunningOnlyAllTogether() {
        String job = """
                {"jid": "j1", "name": "n", "state": "RUNNING", "start-time": 5, "end-time": -1, "vertices": [
                 {"id": "v", "name": "s", "parallelism": 2, "maxParallelism": 720, "status": "CREATED",
                  "tasks": {"RUNNING": %d, "DEPLOYING": 1}}]}""";
        answers.add(new Answer(200, job.formatted(1)));
        answers.add(new Answer(200, job.formatted(2)));
        assertThat(rest.job("j1").allTasksRunning()).isFalse();
        assertThat(rest.job("j1").allTasksRunning()).isTrue();
    }

    @Test
    void readsFailuresMetricsAndCancels() {
        answers.add(new Answer(200, """
                {"exceptionHistory": {"truncated": false, "entries": [
                 {"exceptionName": "E", "stacktrace": "E: poison", "timestamp": 7, "taskName": "source (1/2)"}]}}"""));
        answers.add(new Answer(200, "[{\"id\": \"0.numRecordsIn\", \"sum\": 12.0}]"));
        answers.add(new Answer(202, "{}"));
        assertThat(rest.rootCause("j1")).contains("E: poison");
        assertThat(rest.metricSums("j1", "v1", List.of("0.numRecordsIn", "a b")))
                .containsEntry("0.numRecordsIn", 12.0);
        rest.cancel("j1");
        assertThat(requests.stream().toList().get(1)).contains("agg=sum&get=0.numRecordsIn,a+b");
        assertThat(requests.stream().toList().get(2)).startsWith("PATCH /jobs/j1?mode=cancel ");
    }
}
