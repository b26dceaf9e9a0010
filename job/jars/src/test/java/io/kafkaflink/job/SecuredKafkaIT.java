package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.handover.LocalChecks;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that knows who asks, and pipelines whose users have the documented rights and secrets in mounted files only. */
@RequiresKubeApi
class SecuredKafkaIT {
    private static final int RECORDS = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Jars aside, nothing that a small job writes is larger. */
    private static final long LARGEST = 10 << 20;

    @TempDir
    static Path shared;

    private static SecuredKafka secured;

    private final KubeApi api;
    private final String namespace;

    @TempDir
    Path folder;

    SecuredKafkaIT(KubeApi api, TestNamespace namespace) {
        this.api = api;
        this.namespace = namespace.name();
    }

    @BeforeAll
    static void start() throws Exception {
        secured = SecuredKafka.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        secured.close();
    }

    @Test
    @DisplayName(
            "With SCRAM-SHA-512 the packed job uses every documented right and no other, and tells its secret nobody")
    void usesWhatIsDocumented() throws Exception {
        String name = SecuredKafka.SCRAM;
        List<AclBinding> rights = prepare(name, "User:" + name);
        JobConfiguration configuration = pipeline(name);
        try (ProcessLedger ledger = ProcessLedger.open(folder.resolve("ledgers"))) {
            TestDeployment job = TestDeployment.armed(
                    new TestDeployment.World(ledger, api, namespace, folder),
                    name + "-a",
                    configuration,
                    2,
                    null,
                    // As Flink's images have it.
                    Map.of("env.java.opts.all", "-Dkafka.log.level=INFO"));
            assertThat(job.awaitArmed().reasons()).isEmpty();
            job.go(null);
            assertThat(job.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
            await().atMost(DEADLINE).until(() -> output(name) == RECORDS);
            assertThat(told(job)).doesNotContain(secured.secrets().toArray(String[]::new));

            takeOver(configuration, job);
            AuditLog audit = secured.audit("User:" + name);
            assertThat(audit.denied()).isEmpty();
            assertThat(rights).filteredOn(right -> !audit.uses(right)).isEmpty();

            assertThat(Files.readString(job.cluster().taskManagers().get(0).log()))
                    .contains("sasl.jaas.config = [hidden]");
            job.close();
            assertThat(filesWith(secured.secrets())).isEmpty();
        }
    }

    /** What the next job would check when this one has stopped, and set right in Kafka. */
    private void takeOver(JobConfiguration configuration, TestDeployment job) throws Exception {
        String name = configuration.name();
        String savepoint = job.stopWithSavepoint();
        secured.plain().commit(name, Map.of(new TopicPartition(name + "-in", 1), 1L));
        JobConfiguration renewed = TestPipeline.of(
                name,
                configuration.kafka(),
                configuration.source(),
                null,
                List.of(),
                configuration.sinks(),
                new Uids("source-2", configuration.uids().sinks()));
        GoResult result = new LocalChecks(renewed).go(TestOrders.order(renewed, job.asFormer()), savepoint);
        assertThat(result.reasons()).isEmpty();
        assertThat(result.offsets().repaired()).isPositive();
    }

    /** The job's REST interface and all ConfigMaps of its namespace. */
    private String told(TestDeployment job) throws IOException, InterruptedException {
        StringBuilder told =
                new StringBuilder(api.client().configMaps().inNamespace(namespace).list().getItems().stream()
                        .map(map -> String.valueOf(map.getData()))
                        .collect(Collectors.joining()));
        assertThat(told).contains("Verified");
        HttpClient http = HttpClient.newHttpClient();
        for (String path : List.of("config", "plan", "exceptions", "checkpoints")) {
            URI uri = job.cluster().restUri().resolve("/jobs/" + job.jobId() + "/" + path);
            told.append(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        }
        return told.append(job.cluster().rest().configuration()).toString();
    }

    /** Files of logs, settings, checkpoints, savepoints and high availability that have a secret in them. */
    private List<Path> filesWith(List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> small = files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() < LARGEST)
                    .toList();
            assertThat(small).anyMatch(file -> file.endsWith("_metadata"));
            List<Path> found = new ArrayList<>();
            for (Path file : small) {
                String text = Files.readString(file, ISO_8859_1);
                if (secrets.stream().anyMatch(text::contains)) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    @Test
    @DisplayName("With PLAIN each documented right that is missing is named before the job starts")
    void namesWhatIsMissing() throws Exception {
        String name = SecuredKafka.PLAIN;
        List<AclBinding> rights = prepare(name, "User:" + name);
        ArmOrder order = TestOrders.order(pipeline(name), null);
        LocalChecks checks = new LocalChecks(pipeline(name));
        assertThat(checks.armed(order).reasons()).isEmpty();

        List<String> found = new ArrayList<>();
        for (AclBinding right : rights) {
            secured.revoke(right);
            ArmVerdict verdict = checks.armed(order);
            found.add(right.pattern().name() + " " + right.entry().operation() + ": " + verdict.verdict() + " "
                    + codes(verdict));
            secured.grant(List.of(right));
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "plain-in READ: Unfit [TopicDenied]",
                        "plain READ: Unfit [GroupDenied]",
                        "plain-out WRITE: Unfit [TopicDenied]",
                        "plain-out READ: Unfit [TopicDenied]",
                        "test.plain. WRITE: Unfit [TransactionalIdDenied]",
                        "kafka-cluster DESCRIBE_CONFIGS: Unknown [TransactionTimeoutUnknown]");
        runs(name);
    }

    @Test
    @DisplayName("A client certificate is as good as a password")
    void knowsCertificates() throws Exception {
        String name = SecuredKafka.CERTIFICATE;
        prepare(name, "User:CN=" + name);
        ArmVerdict verdict = new LocalChecks(pipeline(name)).armed(TestOrders.order(pipeline(name), null));
        assertThat(verdict.reasons()).isEmpty();
        runs(name);
        assertThat(secured.audit("User:CN=" + name).denied()).isEmpty();
    }

    @Test
    @DisplayName("A keytab is as good as a password, too")
    void knowsTickets() throws Exception {
        String name = SecuredKafka.KERBEROS;
        prepare(name, "User:" + name);
        ArmVerdict verdict = new LocalChecks(pipeline(name)).armed(TestOrders.order(pipeline(name), null));
        assertThat(verdict.reasons()).isEmpty();
        runs(name);
        assertThat(secured.audit("User:" + name).denied()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            required username="scram" password="Tr0ub4dor"; | BrokersUnreachable | invalid credentials
            required username="scram" password=is Tr0ub4dor; | KafkaSettings | Correct it in its Secret
            Tr0ub4dor | KafkaSettings | Correct it in its Secret
            """)
    @DisplayName("A login that is wrong is refused before the job starts, and not quoted")
    void refusesWrongLogins(String login, String code, String message) throws Exception {
        Path mounts = secured.secretsWith("org.apache.kafka.common.security.scram.ScramLoginModule " + login);
        assertRefused(pipeline(SecuredKafka.SCRAM, mounts), code, message);
    }

    @Test
    @DisplayName("A setting that Kafka's clients do not take is named")
    void namesWrongSettings() throws Exception {
        JobConfiguration right = pipeline(SecuredKafka.SCRAM);
        Map<String, String> properties = new HashMap<>(right.kafka().properties());
        properties.put("ssl.truststore.certificates", "no certificate");
        JobConfiguration wrong = TestPipeline.of(
                right.name(),
                new KafkaConnection(right.kafka().bootstrapServers(), properties),
                right.source(),
                null,
                List.of(),
                right.sinks(),
                right.uids());
        assertRefused(wrong, "KafkaSettings", "CERTIFICATE");
    }

    private static void assertRefused(JobConfiguration configuration, String code, String message) {
        ArmVerdict verdict = new LocalChecks(configuration).armed(TestOrders.order(configuration, null));
        assertThat(verdict.verdict()).isEqualTo(ArmVerdict.Verdict.Unfit);
        assertThat(verdict.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(code);
            assertThat(reason.message()).contains(message).doesNotContain("Tr0ub4dor");
        });
    }

    private static List<String> codes(ArmVerdict verdict) {
        return verdict.reasons().stream().map(Reason::code).toList();
    }

    /** Topics with records, and the documented rights. */
    private static List<AclBinding> prepare(String name, String principal) throws Exception {
        TestKafka kafka = secured.plain();
        kafka.createTopic(name + "-in", 2);
        kafka.createTopic(name + "-out", 1);
        kafka.produce(TestKafka.range(0, RECORDS).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(name + "-in", n % 2, null, ("text " + n).getBytes(UTF_8)))
                .toList());
        List<AclBinding> rights = DocumentedRights.of(principal, name);
        secured.grant(rights);
        return rights;
    }

    private void runs(String name) throws Exception {
        try (RunningJob job = RunningJob.start(pipeline(name), 2, folder)) {
            await().atMost(DEADLINE).until(() -> output(name) == RECORDS);
            job.stopWithSavepoint();
        }
    }

    private static int output(String name) {
        return secured.plain().readCommitted(name + "-out").size();
    }

    private static JobConfiguration pipeline(String name) throws Exception {
        return pipeline(name, secured.secrets(name));
    }

    private static JobConfiguration pipeline(String name, Path mounts) throws Exception {
        return TestPipeline.of(
                name,
                secured.connection(name, mounts),
                TestPipeline.kafka(name, TestPipeline.TEXT, TestPipeline.EARLIEST),
                null,
                List.of(),
                List.of(TestPipeline.sink(
                        name + "-out",
                        TestPipeline.TEXT,
                        null,
                        Delivery.Guarantee.ExactlyOnce,
                        "test." + name + ".main.")),
                new Uids("source-1", Map.of("main", "sink-main-1")));
    }
}
