package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkMemory;
import io.kafkaflink.processes.FreePorts;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar in usrlib of a real application cluster: its own JVMs, classes loaded child-first, settings of FKO. */
class PackedJobIT {
    private static final String JOB_ID = "0123456789abcdef0123456789abcdef";
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private static final Path CHART_FILES = Path.of("../../../helm/kafkaflink-operator/files");
    private static final Path OPERATIONS = Path.of("../../../docs/operations.md");
    private static final Pattern FLINK_METRIC = Pattern.compile("\\bflink_(?:job|task)manager_\\w+");

    private final List<Integer> reporterPorts = List.of(FreePorts.next(), FreePorts.next());
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private ProcessLedger ledger;

    @BeforeEach
    void open() {
        ledger = ProcessLedger.open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    @DisplayName("Runs with CEL, Jackson and Kafka from the jar alone")
    void runs() throws Exception {
        TestKafka kafka = TestKafka.get();
        kafka.createTopic("packed-in", 1);
        kafka.createTopic("packed-out", 1);
        kafka.produce(TestKafka.range(0, 101).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(
                        "packed-in", ("{\"n\":" + n + ",\"at\":" + 1_000L * n + "}").getBytes(UTF_8)))
                .toList());
        byte[] yaml = JobConfigurationYaml.write(pipeline());
        FlinkCluster cluster = start(yaml, JobConfigurationYaml.sha256(yaml), 1);
        await().atMost(DEADLINE).until(() -> kafka.readCommitted("packed-out").size() >= 50);
        assertThat(kafka.readCommitted("packed-out"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyElementsOf(TestKafka.range(50, 100).stream()
                        .map(n -> "{\"n\":" + n + ",\"windowStart\":" + 1_000L * n + ",\"windowEnd\":"
                                + 1_000L * (n + 1) + ",\"counts\":1}")
                        .toList());
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(scraped()).containsAll(wantedMetrics()));
        cluster.stop();
    }

    /** What dashboards and alerts ask Flink's own reporter for, and what the documentation says that it tells. */
    private static List<String> wantedMetrics() throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (Path file : List.of(
                CHART_FILES.resolve("alerts.yaml"), CHART_FILES.resolve("dashboard-pipelines.json"), OPERATIONS)) {
            Matcher found = FLINK_METRIC.matcher(Files.readString(file));
            while (found.find()) {
                wanted.add(found.group());
            }
        }
        assertThat(wanted).hasSizeGreaterThan(20);
        return List.copyOf(wanted);
    }

    /** Names of the series that have the pipeline's name, of JobManager and TaskManager. */
    private List<String> scraped() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (int port : reporterPorts) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.contains("job_name=\"test.packed\""))
                    .map(line -> line.substring(0, line.indexOf('{')))
                    .forEach(names::add);
        }
        return names;
    }

    @Test
    @DisplayName("A refused configuration is a failed job with one line, not a crash loop of the JobManager")
    void failsWithoutCrashLoop() throws Exception {
        FlinkCluster cluster = start(JobConfigurationYaml.write(pipeline()), "0".repeat(64), 0);
        cluster.awaitRest(DEADLINE);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(cluster.rest().jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo("FAILED")));
        assertThat(Files.readString(cluster.jobManager().log()))
                .contains("Job configuration " + folder.resolve("job.yaml") + ": found SHA-256 ")
                .contains("mount the file that belongs to these arguments");
        assertThat(cluster.jobManagerRestarts()).isZero();
        assertThat(cluster.jobManager().isAlive()).isTrue();
    }

    private FlinkCluster start(byte[] yaml, String hash, int taskManagers) throws Exception {
        Path file = Files.write(folder.resolve("job.yaml"), yaml);
        FlinkJob job = new FlinkJob(
                TestPair.JAR,
                PipelineJob.class.getName(),
                List.of("--config", file.toString(), "--config-hash", hash),
                JOB_ID,
                1,
                Optional.empty());
        // As docs/operations.md has it, but for the ports, since JobManager and TaskManager share one address here.
        Map<String, String> configuration = Map.of(
                "execution.checkpointing.interval", "500ms",
                "execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString(),
                "execution.shutdown-on-application-finish", "false",
                "execution.submit-failed-job-on-application-error", "true",
                "metrics.reporters", "prom",
                "metrics.reporter.prom.factory.class", "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port", reporterPorts.get(0) + "," + reporterPorts.get(1),
                "metrics.reporter.prom.filterLabelValueCharacters", "false");
        return FlinkCluster.start(
                ledger,
                ledger.createFolder("cluster"),
                new FlinkClusterSpec(
                        "packed-a",
                        TestPair.DISTRIBUTION,
                        job,
                        taskManagers,
                        configuration,
                        Map.of(),
                        FlinkMemory.SMALL));
    }

    /** A window of a second for each number; the last record closes that of the last but one. */
    private static JobConfiguration pipeline() {
        Window second =
                new Window("n", new Window.Tumbling("1s"), null, null, null, List.of(Metric.sum("counts", "count")));
        return TestPipeline.of(
                "packed",
                TestPipeline.kafka(
                        "packed",
                        TestPipeline.json(new Field("n", FieldType.Long), new Field("at", FieldType.Long)),
                        new OnError(OnError.Action.Skip, null)),
                new EventTime(EventTime.Timestamp.Field, "at", "0s", "30s"),
                List.of(
                        Transform.of("half", new Transform.Filter("n + 0 >= 50")),
                        Transform.of("once", new Transform.Deduplicate("n", "1h")),
                        Transform.of("count", new Transform.KeyedCount("n", null)),
                        Transform.of("second", second)),
                TestPipeline.sink("packed", TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce));
    }
}
