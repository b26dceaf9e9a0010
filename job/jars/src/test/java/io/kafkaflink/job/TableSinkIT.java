package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.handover.LocalChecks;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkMemory;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a real database. */
@Tag("every-pair")
class TableSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String JOB_ID = "fedcba9876543210fedcba9876543210";

    private static ProcessLedger ledger;
    private static TestPostgres postgres;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        ledger = ProcessLedger.open();
        postgres = TestPostgres.start(ledger);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    @DisplayName(
            "Results of windows are the rows of a table, through an outage that retries outlive and a rescaling restart")
    void keepsATable() throws Exception {
        PageViews views = new PageViews("views");
        JobConfiguration pipeline = prepared(views, 7, "100ms", 10);
        String savepoint;
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            kafka.produce(views.input(0, PageViews.CLICKS / 3));
            awaitRows(views, 1);
            postgres.kill();
            kafka.produce(views.input(PageViews.CLICKS / 3, 2 * PageViews.CLICKS / 3));
            await().atMost(PATIENCE).until(() -> job.metric("failedBatches") > 0);
            postgres.start();
            awaitRows(views, views.expected().size() / 2);
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = RunningJob.start(pipeline, 1, folder, savepoint)) {
            kafka.produce(views.input(2 * PageViews.CLICKS / 3, PageViews.CLICKS));
            kafka.produce(views.end());
            awaitRows(views, views.expected().size());
            job.stopWithSavepoint();
        }
        assertThat(postgres.rows(views.query())).containsExactlyInAnyOrderElementsOf(views.expected());
    }

    @Test
    @DisplayName(
            "The packed job begins anew at its checkpoint when the database is away too long or its TaskManager is killed")
    void beginsAnew() throws Exception {
        PageViews views = new PageViews("anew");
        // So that nothing but checkpoints writes.
        FlinkCluster cluster = packed(prepared(views, 10_000, "1h", 0));
        kafka.produce(views.input(0, PageViews.CLICKS / 3));
        awaitRows(views, 1);
        postgres.kill();
        kafka.produce(views.input(PageViews.CLICKS / 3, 2 * PageViews.CLICKS / 3));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(FlinkRestException.class)
                .until(() -> cluster.rest().rootCause(JOB_ID).isPresent());
        assertThat(cluster.rest().failures(JOB_ID).toString())
                .contains("Table anew cannot be written after 1 tries")
                .doesNotContain(TestPostgres.PASSWORD);
        postgres.start();
        // A checkpoint may lie between the last record and its watermark, which the next records bring then.
        kafka.produce(views.input(2 * PageViews.CLICKS / 3, 5 * PageViews.CLICKS / 6));
        awaitRows(views, views.expected().size() / 2);

        cluster.taskManagers().forEach(ChildProcess::kill);
        kafka.produce(views.input(5 * PageViews.CLICKS / 6, PageViews.CLICKS));
        kafka.produce(views.end());
        awaitRows(views, views.expected().size());
        cluster.stop();
        assertThat(postgres.rows(views.query())).containsExactlyInAnyOrderElementsOf(views.expected());
    }

    @Test
    @DisplayName(
            "The newest record of a key is its row, with every type; records without key or too long fail the job by name")
    void refusesRows() throws Exception {
        kafka.createTopic("rows-in", 1);
        postgres.execute(
                "CREATE SCHEMA small",
                "CREATE TABLE small.\"Rows\" (id bigint, name varchar(5), share double"
                        + " precision, open boolean, body bytea, PRIMARY KEY (id))");
        JobConfiguration pipeline = rows("rows", "small.Rows", "id");
        try (RunningJob job = RunningJob.start(pipeline, 1, folder)) {
            send(
                    "{\"id\":1,\"name\":\"a\",\"share\":0.5,\"open\":true,\"body\":\"AP8=\"}",
                    "{\"id\":2}",
                    "{\"id\":1,\"name\":\"Größe\",\"share\":-1.5,\"open\":false,\"body\":\"\"}");
            await().atMost(PATIENCE)
                    .until(() -> postgres.rows("SELECT * FROM small.\"Rows\"").size() == 2);
            job.awaitRunning();
            send("{\"id\":3,\"name\":\"c\"}", "{\"id\":4,\"name\":\"too long\"}");
            assertThat(ExceptionUtils.stringifyException(job.awaitFailure()))
                    .contains(
                            "A record cannot be written to table small.Rows: ERROR: value too long for type character"
                                    + " varying(5) (SQL state 22001). Correct the table, or filter such records out; the pipeline"
                                    + " waits at this record, and nothing is lost. The record begins with: \"id=4, name=too long");
        }
        assertThat(postgres.rows("SELECT id, name, share, open, body FROM small.\"Rows\" WHERE id < 4 ORDER BY id"))
                .contains("1 Größe -1.5 f \\x", "2 null null null null");
        postgres.execute("ALTER TABLE small.\"Rows\" ALTER name TYPE text");
        try (RunningJob job = RunningJob.start(pipeline, 1, folder)) {
            await().atMost(PATIENCE)
                    .until(() -> postgres.rows("SELECT * FROM small.\"Rows\"").size() == 4);
            send("{\"name\":\"nobody\"}");
            assertThat(ExceptionUtils.stringifyException(job.awaitFailure()))
                    .contains("found nothing in its field 'id', one of the sink's keyFields, expected a value");
        }
    }

    @Test
    @DisplayName("An armed job finds out whether the table fits, and says how one would")
    void armed() throws Exception {
        String message = reason(rows("armed", "orders", "id"));
        assertThat(message)
                .isEqualTo("TableMissing: Sink main: table orders of " + postgres.url()
                        + ": ERROR: relation \"orders\" does not exist. Make it, for example: CREATE TABLE"
                        + " \"orders\" (\"id\" bigint, \"name\" text, \"share\" double precision, \"open\" boolean,"
                        + " \"body\" bytea, PRIMARY KEY (\"id\"))");
        postgres.execute(message.substring(message.indexOf("CREATE TABLE")));
        assertThat(reason(rows("armed", "orders", "id"))).isEmpty();

        assertThat(reason(rows("armed", "orders", "name")))
                .startsWith("TableUnfit: ")
                .contains("no unique or exclusion constraint matching the ON CONFLICT specification")
                .contains("PRIMARY KEY (\"name\")");
        postgres.execute("ALTER TABLE orders ALTER share TYPE date USING NULL");
        assertThat(reason(rows("armed", "orders", "id")))
                .startsWith("TableUnfit: ")
                .contains("column \"share\" is of type date but expression is of type double precision");
        postgres.execute("ALTER TABLE orders DROP share");
        assertThat(reason(rows("armed", "orders", "id")))
                .startsWith("TableUnfit: ")
                .contains("column \"share\" of relation \"orders\" does not exist");
    }

    @Test
    @DisplayName("An armed job finds out whether it may write the table at all; passwords stay unsaid")
    void access() throws Exception {
        postgres.execute(
                "CREATE TABLE closed (id bigint PRIMARY KEY, name text, share float8, open boolean, body bytea)",
                "CREATE USER guest PASSWORD 'guest-password'");
        JobConfiguration guest = rows("access", "closed", "id", secret("guest", "guest-password"), postgres.url());
        assertThat(reason(guest)).startsWith("TableDenied: ").contains("GRANT SELECT, INSERT, UPDATE on the table");
        postgres.execute("GRANT SELECT, INSERT, UPDATE ON closed TO guest");
        assertThat(reason(guest)).isEmpty();

        assertThat(reason(rows("access", "closed", "id", secret("guest", "hunter2"), postgres.url())))
                .startsWith("DatabaseDenied: ")
                .contains("password authentication failed for user \"guest\"")
                .doesNotContain("hunter2");
        assertThat(reason(rows("access", "closed", "id", folder.resolve("none").toString(), postgres.url())))
                .startsWith("DatabaseDenied: ")
                .contains("the Secret needs the keys username and password");
        assertThat(reason(rows("access", "closed", "id", secret("guest", "guest-password"), postgres.url() + "2")))
                .startsWith("DatabaseUnreachable: ")
                .contains("database \"postgres2\" does not exist");
        assertThat(reason(rows("access", "closed", "id", null, "jdbc:postgresql://127.0.0.1:1/shop")))
                .startsWith("DatabaseUnreachable: ")
                .contains("Check url, network policies and the database");
    }

    private String secret(String user, String password) throws Exception {
        Map<String, String> data = Map.of("username", user, "password", password);
        return MountedSecret.mount(Files.createTempDirectory(folder, "secret"), data)
                .folder()
                .toString();
    }

    /** Code and message of what the armed job finds against its database; empty when it finds nothing. */
    private static String reason(JobConfiguration configuration) {
        ArmVerdict verdict = new LocalChecks(configuration).armed(TestOrders.order(configuration, null));
        List<Reason> found = verdict.reasons().stream()
                .filter(reason ->
                        reason.code().startsWith("Table") || reason.code().startsWith("Database"))
                .toList();
        assertThat(verdict.verdict() == ArmVerdict.Verdict.Unfit || found.isEmpty())
                .isTrue();
        return found.isEmpty() ? "" : found.get(0).code() + ": " + found.get(0).message();
    }

    private JobConfiguration prepared(PageViews views, int batchSize, String batchInterval, int maxRetries)
            throws Exception {
        kafka.createTopic(views.name() + "-in", 2);
        postgres.execute(views.createTable());
        String credentials = TestPostgres.credentials(folder.resolve("credentials"));
        return views.pipeline(postgres.url(), credentials, batchSize, batchInterval, maxRetries);
    }

    private void awaitRows(PageViews views, int rows) {
        await().atMost(PATIENCE).until(() -> postgres.rows(views.query()).size() >= rows);
    }

    private JobConfiguration rows(String name, String table, String key) throws Exception {
        return rows(
                name,
                table,
                key,
                TestPostgres.credentials(Files.createTempDirectory(folder, "credentials")),
                postgres.url());
    }

    private static JobConfiguration rows(String name, String table, String key, String credentials, String url) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(
                                new Field("id", FieldType.Long),
                                new Field("name", FieldType.String),
                                new Field("share", FieldType.Double),
                                new Field("open", FieldType.Boolean),
                                new Field("body", FieldType.Bytes)),
                        TestPipeline.EARLIEST),
                null,
                List.of(),
                new JobConfiguration.Sink(
                        "main",
                        null,
                        null,
                        null,
                        new JdbcSink(url, table, List.of(key), null, credentials, null, "100ms", 0)));
    }

    private void send(String... values) {
        kafka.produce(Arrays.stream(values)
                .map(value -> new ProducerRecord<byte[], byte[]>("rows-in", 0, null, value.getBytes(UTF_8)))
                .toList());
    }

    private FlinkCluster packed(JobConfiguration pipeline) throws Exception {
        byte[] yaml = JobConfigurationYaml.write(pipeline);
        Path file = Files.write(folder.resolve("job.yaml"), yaml);
        FlinkJob job = new FlinkJob(
                TestPair.JAR,
                PipelineJob.class.getName(),
                List.of("--config", file.toString(), "--config-hash", JobConfigurationYaml.sha256(yaml)),
                JOB_ID,
                1,
                Optional.empty());
        return FlinkCluster.start(
                ledger,
                ledger.createFolder("cluster"),
                new FlinkClusterSpec(
                        "tables-a",
                        TestPair.DISTRIBUTION,
                        job,
                        1,
                        Map.of(
                                "execution.checkpointing.interval",
                                "500ms",
                                "execution.checkpointing.dir",
                                folder.resolve("checkpoints").toUri().toString()),
                        Map.of(),
                        FlinkMemory.SMALL));
    }
}
