package io.kafkaflink.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kafkaflink.kubectl.offline.OfflineCheck;
import io.kafkaflink.kubectl.offline.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for which the real API server's answers are recorded, judged without it. */
class ValidateTest {
    private static final Path RECORDED = Path.of("../src/test/resources/crd");
    private static final Path EXAMPLES = Path.of("../../k8s/examples");
    private static final String EXPECT = "# expect: ";

    @TempDir
    Path folder;

    private record Answer(int code, String out, String err) {}

    private static Answer validate(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all =
                Stream.concat(Stream.of("validate"), Stream.of(arguments)).toArray(String[]::new);
        int code = KfpCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Answer(code, out.toString(), err.toString());
    }

    private static List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> refused() throws IOException {
        // Those about a change are valid taken alone, and what is not YAML has no words of the API server.
        return files("invalid-").stream()
                .filter(file -> !file.getFileName()
                        .toString()
                        .matches("invalid-(update-.*|malformed-yaml|duplicate-key)\\.yaml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("what the API server refuses is refused in its words")
    void refused(Path file) throws IOException {
        JsonNode pipeline = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        List<String> expected = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();

        List<Problem> problems = OfflineCheck.problems(pipeline);

        assertThat(problems).extracting(Problem::message).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(problems).allMatch(problem -> problem.by() == Problem.By.DEFINITION);
        assertThat(validate(file.toString()).code()).isEqualTo(1);
    }

    static List<Path> notReadable() throws IOException {
        return Stream.of("invalid-malformed-yaml.yaml", "invalid-duplicate-key.yaml")
                .map(RECORDED::resolve)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("notReadable")
    @DisplayName("what is not YAML is refused too, with exit code 2")
    void unreadable(Path file) {
        Answer answer = validate(file.toString());

        assertThat(answer.code()).as(answer.out()).isEqualTo(2);
        assertThat(answer.out()).contains(file + ": cannot be read: ");
    }

    static List<Path> accepted() throws IOException {
        List<Path> changes = files("invalid-update-");
        try (Stream<Path> examples = Files.walk(EXAMPLES)) {
            return Stream.of(
                            files("valid-").stream(),
                            changes.stream(),
                            examples.filter(file -> file.toString().endsWith(".yaml"))
                                    .sorted())
                    .flatMap(paths -> paths)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    @DisplayName("what the API server accepts is accepted by its definition")
    void accepted(Path file) throws IOException {
        for (JsonNode pipeline : new ObjectMapper(new YAMLFactory())
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(file.toFile())
                .readAll()) {
            assertThat(OfflineCheck.problems(pipeline))
                    .filteredOn(problem -> problem.by() == Problem.By.DEFINITION)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("the examples are valid for the operator too")
    void examples() throws IOException {
        try (Stream<Path> examples = Files.walk(EXAMPLES)) {
            String[] files = examples.map(Path::toString)
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .toArray(String[]::new);
            Answer answer = validate(files);

            assertThat(answer.code()).as(answer.out()).isZero();
            assertThat(answer.out().lines().filter(line -> line.endsWith(": valid")))
                    .hasSize(files.length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connectorVersion: 5.0.0 | connectorVersion: 9.9.9 | UnsupportedVersionPair: spec.flink: flinkVersion v2_2 with connectorVersion 9.9.9 is not supported; expected one of
            name: out, | name: in, | TopicListedTwice: spec.sinks[main].kafka.topic: topic 'in' stands twice in the spec
            prefix: {value: "x"} | filter: {expression: "nobody == 1"} | SpecInvalid: spec.transforms[0].filter.expression
            partitions: 2}], format | partitions: 2}], stoppingOffsets: {mode: Specific, offsets: [{topic: in, partition: 0, offset: 5}]}, format | SpecInvalid: spec.source.kafka.stoppingOffsets.offsets: found no offset of in-1, expected one for every partition
            connectorVersion: 5.0.0 | connectorVersion: 5.0.0, flinkConfiguration: {high-availability.type: NONE} | FieldRefused: spec.flink.flinkConfiguration
            """)
    @DisplayName("what only the operator refuses is said in its words, with exit code 1")
    void operator(String text, String instead, String message) throws IOException {
        String valid = """
                apiVersion: kafkaflink.io/v1alpha1
                kind: KafkaFlinkPipeline
                metadata: {name: clicks}
                spec:
                  kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod}}
                  source: {kafka: {topics: [{name: in, partitions: 2}], format: {string: {}}}}
                  transforms: [{id: label, prefix: {value: "x"}}]
                  sinks: [{name: main, kafka: {topic: {name: out, partitions: 2}, format: {string: {}}}}]
                  flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
                """;
        Path file = Files.writeString(folder.resolve("clicks.yaml"), valid);
        assertThat(validate(file.toString()).out()).contains("KafkaFlinkPipeline clicks: valid\n");
        assertThat(valid + "  state: {dir: s3://b/f}\n").contains(text);

        Files.writeString(file, (valid + "  state: {dir: s3://b/f}\n").replace(text, instead));
        Answer answer = validate(file.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out())
                .contains("KafkaFlinkPipeline clicks: invalid\n  ")
                .contains(message);
    }

    @Test
    @DisplayName("on standard output there is nothing but the answer, whatever libraries log")
    void process() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KfpCommand.class.getName(),
                        "validate",
                        "--output=json",
                        EXAMPLES.resolve("prefix.yaml").toString())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        JsonNode report = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(Files.readString(out));
        assertThat(report.at("/pipelines/0/valid").asBoolean()).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    @DisplayName("programs read JSON, other resources are left out, and a missing file does not hide the rest")
    void json() throws IOException {
        Path mixed = Files.writeString(
                folder.resolve("mixed.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n---\n"
                        + "apiVersion: kafkaflink.io/v2\nkind: KafkaFlinkPipeline\nmetadata: {name: clicks}\n");

        Answer answer = validate(
                "-o", "json", mixed.toString(), folder.resolve("none.yaml").toString());

        assertThat(answer.code()).isEqualTo(2);
        JsonNode report = new ObjectMapper().readTree(answer.out());
        assertThat(report.at("/pipelines")).hasSize(1);
        assertThat(report.at("/pipelines/0/pipeline").asText()).isEqualTo("clicks");
        assertThat(report.at("/pipelines/0/valid").asBoolean(true)).isFalse();
        assertThat(report.at("/pipelines/0/problems/0/message").asText()).contains("expected kafkaflink.io/v1alpha1");
        assertThat(report.at("/unreadable/0/message").asText()).contains("there is no such file");
        assertThat(report.at("/notChecked")).isNotEmpty();
        assertThat(validate(Files.writeString(mixed, "kind: ConfigMap\n").toString())
                        .code())
                .isEqualTo(2);
    }
}
