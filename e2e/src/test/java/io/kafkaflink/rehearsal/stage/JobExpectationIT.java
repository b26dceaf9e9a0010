package io.kafkaflink.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkMemory;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.KafkaBroker;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.check.WindowCheck;
import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.traffic.EventReplay;
import io.kafkaflink.rehearsal.traffic.SinkOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the rehearsal expects of windows and what the job makes of them, without any operator: a topic grows under load,
 * and the job follows by savepoint.
 */
class JobExpectationIT {
    private static final Path JOB = Path.of("target/dist/job/pipeline-job-2.2-5.0.0.jar");
    private static final String FIRST = "00000000000000000000000000000001";
    private static final String SECOND = "00000000000000000000000000000002";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Shape shape =
            PipelineFile.read(Path.of("../k8s/examples/clickstream.yaml")).shape();
    private final InputFile input = InputFile.bundled();
    private ProcessLedger ledger;
    private KafkaBroker broker;
    private Path folder;

    @BeforeEach
    void startBroker() throws Exception {
        ledger = ProcessLedger.open();
        folder = ledger.createFolder("job");
        broker = KafkaBroker.start(ledger, ledger.createFolder("kafka"));
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("clicks", 2, (short) 1), new NewTopic("page-views", 2, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stopBroker() {
        ledger.close();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Test
    @DisplayName("with more allowance than the events are out of order, every window is right over a growth")
    void nothingLate() throws Exception {
        Result result = growUnderLoad("60s");

        assertThat(result.doubtful()).isZero();
        assertThat(result.late()).hasValue(0);
        assertThat(result.verdict().faults()).isEmpty();
        assertThat(result.verdict().windowsRight()).hasValue(result.windows());
        assertThat(result.windows()).isGreaterThan(100);
    }

    @Test
    @DisplayName("with less, in = counted + late, also over a savepoint, and no window leaves its bounds")
    void someLate() throws Exception {
        Result result = growUnderLoad("1s");

        assertThat(result.doubtful()).isPositive();
        assertThat(result.late().orElseThrow()).isPositive();
        assertThat(result.verdict().faults()).isEmpty();
    }

    private record Result(Verdict verdict, OptionalLong late, long doubtful, int windows) {}

    private Result growUnderLoad(String allowance) throws Exception {
        byte[] configuration = JobConfigurationYaml.write(configuration(allowance));
        FlinkCluster cluster = start(configuration, FIRST, 2, Optional.empty());
        try (SinkOutput output = new SinkOutput(
                        broker.bootstrapServers(),
                        "page-views",
                        shape.sinks().get(0).format());
                EventReplay replay = new EventReplay(broker.bootstrapServers(), shape, input.events(), 25);
                Admin admin = admin()) {
            await().atMost(PATIENCE).until(() -> replay.progress() > 150);
            admin.createPartitions(Map.of("clicks", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
            await().atMost(PATIENCE).until(() -> replay.progress() > 220);
            String savepoint = cluster.rest()
                    .stopWithSavepoint(
                            FIRST, folder.resolve("savepoints").toUri().toString(), PATIENCE);
            cluster.stop();
            FlinkCluster grown =
                    start(configuration, SECOND, 4, Optional.of(new FlinkJob.RestorePath(savepoint, false)));
            replay.useNewPartitions();
            replay.finish(PATIENCE);
            WindowCheck check = new WindowCheck(shape.transforms(), Duration.parse("PT" + allowance), replay.sent());
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(check.compare(0, output.rows(), late(grown)).faults())
                        .isEmpty();
                assertThat(output.atEnd()).as("all read").isTrue();
            });
            OptionalLong late = late(grown);
            return new Result(
                    check.compare(input.events().size(), output.rows(), late), late, check.doubtful(), check.windows());
        }
    }

    private static OptionalLong late(FlinkCluster cluster) {
        return LateRecords.of(cluster.rest(), SECOND);
    }

    private FlinkCluster start(byte[] configuration, String id, int parallelism, Optional<FlinkJob.RestorePath> from)
            throws IOException {
        Path file = Files.write(folder.resolve("job.yaml"), configuration);
        FlinkJob job = new FlinkJob(
                JOB,
                "io.kafkaflink.job.PipelineJob",
                List.of("--config", file.toString(), "--config-hash", JobConfigurationYaml.sha256(configuration)),
                id,
                parallelism,
                from);
        Map<String, String> settings = Map.of(
                "taskmanager.numberOfTaskSlots",
                "4",
                "pipeline.max-parallelism",
                "720",
                "execution.checkpointing.interval",
                "1s",
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        FlinkCluster cluster = FlinkCluster.start(
                ledger,
                folder.resolve(id),
                new FlinkClusterSpec("clickstream-a", "flink-2.2", job, 1, settings, Map.of(), FlinkMemory.SMALL));
        cluster.awaitRest(PATIENCE);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(FlinkRestException.class)
                .until(() -> cluster.rest().job(id).allTasksRunning());
        return cluster;
    }

    private JobConfiguration configuration(String allowance) {
        List<Field> fields = ((Shape.Format.Json) ((Shape.KafkaInput) shape.source()).format())
                .fields().entrySet().stream()
                        .map(field -> new Field(field.getKey(), FieldType.valueOf(field.getValue())))
                        .toList();
        return new JobConfiguration(
                JobConfiguration.FORMAT_VERSION,
                "default",
                "clickstream",
                "v2_2",
                "5.0.0",
                new JobConfiguration.KafkaConnection(broker.bootstrapServers(), Map.of()),
                new JobConfiguration.Source(
                        new JobConfiguration.KafkaSource(
                                List.of("clicks"),
                                "default.clickstream",
                                StartingOffsets.of(null),
                                new Format(null, new Format.Json(fields)),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null),
                        null),
                new EventTime(EventTime.Timestamp.Field, "timestamp", allowance, "30s"),
                List.of(
                        Transform.of("people", new Transform.Filter("!bot")),
                        Transform.of(
                                "per-page",
                                new Window(
                                        "page",
                                        new Window.Tumbling("1m"),
                                        null,
                                        null,
                                        null,
                                        List.of(
                                                Metric.count("views"),
                                                Metric.distinct("visitors", "userId"),
                                                Metric.sum("bytes", "bytes"))))),
                List.of(new JobConfiguration.Sink(
                        "main",
                        new JobConfiguration.KafkaSink(
                                "page-views",
                                new Format(null, new Format.Json(null)),
                                "page",
                                new Delivery(null, null, null),
                                "default.clickstream.main."),
                        null,
                        null)),
                new JobConfiguration.Uids("source-1", Map.of("main", "sink-main-1")));
    }
}
