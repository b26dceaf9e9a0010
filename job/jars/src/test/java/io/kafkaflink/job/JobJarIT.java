package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.Distribution;
import io.kafkaflink.processes.JavaCommand;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed job jar as a process of its own, with nothing else on the class path than what an image has in lib/. */
class JobJarIT {
    private static final String CONNECTOR = TestPair.CONNECTOR + "-" + TestPair.LINE;
    private static ProcessLedger ledger;

    @TempDir
    Path folder;

    private record Outcome(int exitCode, List<String> lines) {}

    @BeforeAll
    static void open() {
        ledger = ProcessLedger.open();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private Outcome run(String... arguments) throws IOException {
        String flink = Distribution.locate(TestPair.DISTRIBUTION).resolve("lib") + "/*";
        return run(List.of(flink, TestPair.JAR.toString()), arguments);
    }

    private Outcome run(List<String> classPath, String... arguments) throws IOException {
        Path log = folder.resolve("output");
        Files.deleteIfExists(log);
        ChildProcess process = ledger.start(new JavaCommand(
                        "job",
                        classPath,
                        List.of("-Xmx256m"),
                        PipelineJob.class.getName(),
                        List.of(arguments),
                        Map.of(),
                        folder,
                        log)
                .command());
        int exitCode = process.awaitExit(Duration.ofSeconds(60));
        return new Outcome(exitCode, Files.readAllLines(log));
    }

    private Outcome runWith(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
        return run("--config", file.toString(), "--config-hash", JobConfigurationYaml.sha256(yaml.getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            broken YAML           | namespace: shop          | namespace: "shop            | job.yaml: cannot be read as YAML at line
            unknown field         | namespace: shop          | nameSpace: shop             | job.yaml: nameSpace: unknown field; expected one of connectorVersion
            invalid value         | groupId: shop.clickstream | groupId: ""                | job.yaml: source.kafka.groupId: found an empty text, expected a consumer group; set it
            broken expression     | "!bot"                   | "bot +"                     | job.yaml: transforms[0].filter.expression: found 'bot +', expected a CEL expression
            no checkpoints        | request.timeout.ms       | default.api.timeout.ms      | Sinks [main, unreadable, late] are ExactlyOnce but checkpointing is off
            """)
    void refusesWithOneLineAndExitCode2(String name, String text, String replacement, String message)
            throws IOException {
        Outcome outcome = runWith(TestPair.clickstream().replace(text, replacement));
        assertThat(outcome.lines()).singleElement().asString().contains(message);
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    @Tag("every-pair")
    @DisplayName("A configuration for another pair is refused by the versions that are really there")
    void refusesAnotherPair() throws IOException {
        String yaml = TestPair.clickstream();
        assertThat(runWith(yaml.replace("flinkVersion: v", "flinkVersion: v9")).lines())
                .singleElement()
                .asString()
                .contains("flinkVersion: found v9" + TestPair.FLINK_VERSION.substring(1) + ", but Flink "
                        + TestPair.LINE + ".");
        assertThat(runWith(yaml.replace("connectorVersion: " + TestPair.CONNECTOR, "connectorVersion: 4.0.1"))
                        .lines())
                .singleElement()
                .asString()
                .contains("connectorVersion: found 4.0.1, but the Kafka connector " + CONNECTOR
                        + " is on the class path");
    }

    private Path clickstream() throws IOException {
        return Files.writeString(folder.resolve("clickstream.yaml"), TestPair.clickstream());
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Outcome outcome = run("--config", "/no/such/file", "--config-hash", "0".repeat(64));
        assertThat(outcome.lines())
                .containsExactly("Job configuration /no/such/file does not exist; mount it or correct --config");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void refusesAnotherFileThanTheHashNames() throws IOException {
        Path file = clickstream();
        Outcome outcome = run("--config", file.toString(), "--config-hash", "0".repeat(64));
        assertThat(outcome.lines())
                .containsExactly("Job configuration " + file + ": found SHA-256 "
                        + JobConfigurationYaml.sha256(Files.readAllBytes(file)) + ", expected " + "0".repeat(64)
                        + " (--config-hash); mount the file that belongs to these arguments");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void saysThatFlinkIsMissing() throws IOException {
        Path file = clickstream();
        Outcome outcome = run(
                List.of(TestPair.JAR.toString()),
                "--config",
                file.toString(),
                "--config-hash",
                JobConfigurationYaml.sha256(Files.readAllBytes(file)));
        assertThat(outcome.lines()).singleElement().asString().startsWith("Flink is not on the class path");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    @Tag("every-pair")
    @DisplayName("Mode plan prints every operator and runs nothing")
    void plans() throws IOException {
        Path file = clickstream();
        String hash = JobConfigurationYaml.sha256(Files.readAllBytes(file));
        Outcome outcome = run("--config", file.toString(), "--config-hash", hash, "--mode", "plan");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.lines())
                .first()
                .asString()
                .matches(Pattern.quote("shop.clickstream, configuration " + hash + ", Flink " + TestPair.LINE + ".")
                        + "\\d+" + Pattern.quote(", Kafka connector " + CONNECTOR));
        assertThat(outcome.lines()).anyMatch(line -> line.startsWith("Sink Committer: sink-main-2 "));
    }

    @Test
    @Tag("every-pair")
    @DisplayName("The jar names its versions, holds the connector and not Flink itself")
    void holdsWhatAnImageLacks() throws IOException {
        try (JarFile jar = new JarFile(TestPair.JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Main-Class")).isEqualTo(PipelineJob.class.getName());
            assertThat(manifest.getMainAttributes().getValue("Flink-Version")).startsWith(TestPair.LINE + ".");
            assertThat(manifest.getMainAttributes().getValue("Flink-Connector-Kafka-Version"))
                    .isEqualTo(CONNECTOR);
            assertThat(jar.getEntry("org/apache/flink/connector/kafka/source/KafkaSource.class"))
                    .isNotNull();
            assertThat(jar.getEntry("org/apache/kafka/clients/consumer/KafkaConsumer.class"))
                    .isNotNull();
            assertThat(jar.getEntry("org/apache/flink/connector/datagen/source/DataGeneratorSource.class"))
                    .isNotNull();
            assertThat(jar.getEntry("org/postgresql/Driver.class")).isNotNull();
            assertThat(jar.getEntry("META-INF/licenses/org.postgresql/LICENSE"))
                    .as("which binaries with the driver have to repeat")
                    .isNotNull();
            assertThat(jar.getEntry("org/apache/flink/types/Row.class")).isNull();
            assertThat(jar.getEntry("org/slf4j/Logger.class")).isNull();
        }
    }
}
