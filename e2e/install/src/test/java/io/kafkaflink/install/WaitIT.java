package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that wait for a pipeline, on a real API server to which recorded statuses are written one by one. */
@RequiresKubeApi
class WaitIT {
    private static final Path RECORDED = Repository.ROOT.resolve("operator/src/test/resources/golden/sequences");
    private static final String NAME = "p1";

    private static Cluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = new Cluster();
        cluster.kubectl()
                .run("apply", "--server-side", "--filename", Repository.CRD.toString())
                .orFail();
        cluster.awaitServed("kafkaflinkpipelines.kafkaflink.io");
        cluster.createNamespaces("kubectl", "helm");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @DisplayName("kubectl wait returns before an upgrade and after it, and at no step between")
    void kubectl() throws IOException, InterruptedException {
        int returned = 0;
        for (JsonNode pipeline : recorded("configuration")) {
            Sighting seen = new Sighting(pipeline, "", pipeline, pipeline);
            specify(seen.generation());
            report(pipeline, "kubectl");

            int code = cluster.kubectl()
                    .run("wait", "kfp/" + NAME, "--namespace=kubectl", "--for=condition=Ready", "--timeout=0s")
                    .code();

            assertThat(code == 0).as(seen.row()).isEqualTo(seen.waitReturns());
            returned += code == 0 ? 1 : 0;
        }
        assertThat(returned).isEqualTo(2);
    }

    @Test
    @DisplayName("Helm 4 waits for a pipeline of its chart until it is Ready, and not a step less")
    void helm() throws IOException, InterruptedException {
        Path chart = chart();
        Command helm = cluster.helm(Helm.V4);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Command.Outcome> install = CompletableFuture.supplyAsync(
                    () -> run(
                            helm,
                            "install",
                            "shop",
                            chart.toString(),
                            "--namespace",
                            "helm",
                            "--wait",
                            "--timeout",
                            "5m"),
                    thread);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> install.isDone()
                            || cluster.kubectl()
                                            .run("get", "kfp", NAME, "--namespace=helm")
                                            .code()
                                    == 0);
            for (JsonNode pipeline : recorded("first-start")) {
                assertThat(install)
                        .as("before %s", pipeline.at("/status/conditions/0"))
                        .isNotDone();
                report(pipeline, "helm");
            }

            assertThat(install.join().orFail().out()).contains("STATUS: deployed");
        } finally {
            thread.shutdownNow();
        }
    }

    private static Command.Outcome run(Command command, String... arguments) {
        try {
            return command.run(arguments);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> recorded(String name) {
        return Repository.lines(Repository.text(RECORDED.resolve(name + ".jsonl")));
    }

    private Path chart() throws IOException {
        Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
        Files.writeString(Files.createDirectory(folder.resolve("templates")).resolve("p1.yaml"), pipeline(1));
        return folder;
    }

    /** The spec of a generation. */
    private void specify(long generation) throws IOException, InterruptedException {
        cluster.kubectl()
                .runWith(pipeline(generation), "apply", "--server-side", "--namespace=kubectl", "--filename", "-")
                .orFail();
    }

    /** The status as the operator writes it. */
    private void report(JsonNode recorded, String namespace) throws IOException, InterruptedException {
        ObjectNode applied = recorded.deepCopy();
        ObjectNode metadata = (ObjectNode) applied.get("metadata");
        metadata.remove(List.of("generation", "annotations"));
        metadata.put("namespace", namespace);
        cluster.kubectl()
                .runWith(
                        applied.toString(),
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--subresource=status",
                        "--field-manager=kafkaflink-operator",
                        "--filename",
                        "-")
                .orFail();
    }

    private static String pipeline(long generation) throws IOException {
        ObjectNode pipeline = Repository.tree(Repository.ROOT.resolve("k8s/examples/prefix.yaml"))
                .deepCopy();
        ((ObjectNode) pipeline.get("metadata")).put("name", NAME);
        ((ObjectNode) pipeline.get("spec")).withObjectProperty("flink").put("restartNonce", generation);
        return Repository.YAML.writeValueAsString(pipeline);
    }
}
