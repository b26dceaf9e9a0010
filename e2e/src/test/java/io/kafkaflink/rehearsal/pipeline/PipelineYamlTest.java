package io.kafkaflink.rehearsal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.rehearsal.golden.GoldenFolder;
import io.kafkaflink.rehearsal.input.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineYamlTest {
    private static final GoldenFolder GOLDEN = new GoldenFolder("pipelines");
    private static final Path EXAMPLES = Path.of("../k8s/examples");
    private static final Path ELSEWHERE = Path.of("src/test/resources/cluster-pipeline.yaml");
    private static final String BROKER = "127.0.0.1:9092";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    @TempDir
    Path folder;

    @AfterAll
    static void noUnusedFiles() {
        GOLDEN.assertAllUsed();
    }

    private static String yaml(ObjectNode manifest) {
        try {
            return YAML.writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LocalPipeline clickstream() {
        return LocalPipeline.of(PipelineFile.read(EXAMPLES.resolve("clickstream.yaml")), BROKER, "file:///tmp/state");
    }

    @Test
    @DisplayName("a file for a cluster elsewhere: what is replaced, and nothing else")
    void local() {
        PipelineFile file = PipelineFile.read(ELSEWHERE);

        LocalPipeline local = LocalPipeline.of(file, BROKER, "file:///tmp/state");

        GOLDEN.assertEqual("moved.yaml", yaml(local.manifest()));
        GOLDEN.assertEqual("moved.txt", String.join("\n", local.replaced()) + "\n");
        assertThat(PipelineFile.read(ELSEWHERE).manifest()).isEqualTo(file.manifest());
    }

    @Test
    @DisplayName("the numbered pipeline takes kafka, flink and state from the file")
    void numbered() {
        GOLDEN.assertEqual(
                "numbered.yaml",
                yaml(NumberedPipeline.beside(clickstream().manifest(), BROKER, 2)
                        .manifest()));
    }

    @Test
    @DisplayName("a long name leaves room for the suffix")
    void longName() {
        ObjectNode manifest = clickstream().manifest();
        ((ObjectNode) manifest.get("metadata")).put("name", "a".repeat(40));

        String name = NumberedPipeline.beside(manifest, BROKER, 2)
                .manifest()
                .path("metadata")
                .path("name")
                .asText();

        assertThat(name).hasSize(40).endsWith("a-numbered");
    }

    @Test
    @DisplayName("growth raises the source topics only and names the danger it accepts")
    void growth() {
        ObjectNode before = clickstream().manifest();

        JsonNode spec = Edit.grow(before, 4).path("spec");

        assertThat(spec.at("/source/kafka/topics/0/partitions").asInt()).isEqualTo(4);
        assertThat(spec.at("/sinks/0/kafka/topic/partitions").asInt()).isEqualTo(2);
        assertThat(spec.at("/upgrade/growth").asText()).isEqualTo("GrowInPlace");
        assertThat(spec.at("/upgrade/acknowledge/0/risk").asText()).isEqualTo("Reordering");
        assertThat(spec.at("/upgrade/acknowledge/0/value").asText()).isEqualTo("clicks 2->4");
        assertThat(before.at("/spec/source/kafka/topics/0/partitions").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("generated input grows the sink's topic, which needs no consent")
    void growthOfGenerated() {
        JsonNode spec = Edit.grow(
                        PipelineFile.read(EXAMPLES.resolve("generator.yaml")).manifest(), 4)
                .path("spec");

        assertThat(spec.at("/sinks/0/kafka/topic/partitions").asInt()).isEqualTo(4);
        assertThat(spec.at("/upgrade").isMissingNode()).isTrue();
    }

    @Test
    @DisplayName("the harmless change: more allowance where there is event time, else a Flink setting")
    void harmless() {
        ObjectNode prefix = PipelineFile.read(EXAMPLES.resolve("prefix.yaml")).manifest();

        assertThat(Edit.harmless(clickstream().manifest())
                        .at("/spec/eventTime/maxOutOfOrderness")
                        .asText())
                .isEqualTo("61000ms");
        assertThat(Edit.harmless(prefix).at("/spec/flink/flinkConfiguration").toString())
                .contains("execution.buffer-timeout.interval");
        assertThat(Edit.suspend(prefix, true).at("/spec/suspend").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clickstream",
                "prefix",
                "generator",
                "keyed-count",
                "chosen-fields",
                "engagement-sessions",
                "page-trend",
                "first-visits",
                "order-lines",
                "clicks-with-headers",
                "events-by-kind",
                "newest-click",
                "class-formats",
                "backfill",
                "sql",
                "dead-letters",
                "secured"
            })
    @DisplayName("every example is understood")
    void examples(String name) {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve(name + ".yaml"));

        assertThat(file.name()).isEqualTo(name);
        assertThat(file.ends()).isEqualTo(name.equals("backfill"));
        assertThat(file.shape().leadingTopics()).hasSize(1);
        assertThat(file.shape().leadingTopics().get(0).partitions()).isEqualTo(2);
        assertThat(TopicOwner.of(file.manifest())).isEqualTo(new TopicOwner("prod", "kafka"));
    }

    @Test
    @DisplayName("topics are made for a pattern to find, each with as many partitions as there are subtasks")
    void patterns() {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve("pattern.yaml"));

        assertThat(file.shape().leadingTopics())
                .containsExactly(
                        new Shape.Topic("clicks.one", 2, "External"), new Shape.Topic("clicks.two", 2, "External"));
        assertThat(NumberedPipeline.beside(file.manifest(), "kafka:9092", 2)
                        .manifest()
                        .at("/spec/flink/parallelism")
                        .isMissingNode())
                .isTrue();
        assertThatThrownBy(() -> FoundTopics.of("clicks-[0-9]{3}", 2))
                .isInstanceOf(UncheckableException.class)
                .hasMessageStartingWith("topicPattern clicks-[0-9]{3}: the rehearsal makes topics with words");
    }

    @Test
    @DisplayName("listed partitions are refused with what to put in their place")
    void partitionSets() {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve("partition-set.yaml"));

        assertThatThrownBy(file::shape)
                .isInstanceOf(UncheckableException.class)
                .hasMessageEndingWith("put topics in its place to rehearse the rest");
    }

    @Test
    @DisplayName("a pipeline of Avro records is refused with what to put in their place")
    void avro() {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve("avro.yaml"));

        assertThatThrownBy(file::shape)
                .isInstanceOf(UncheckableException.class)
                .hasMessage(
                        "the rehearsal writes and checks text and JSON, no Avro; put json with the same fields in its"
                                + " place to rehearse the rest");
    }

    @Test
    @DisplayName("a pipeline that keeps a table is refused with what to put in its place")
    void tables() {
        PipelineFile file = PipelineFile.read(EXAMPLES.resolve("dashboard-table.yaml"));

        assertThatThrownBy(file::shape)
                .isInstanceOf(UncheckableException.class)
                .hasMessage("sink dashboard keeps a table, and the rehearsal has no database; put print in its place to"
                        + " rehearse the rest");
    }

    @Test
    @DisplayName("a pipeline that reads keys is refused with what to put in its place")
    void keys() {
        assertThatThrownBy(PipelineFile.read(EXAMPLES.resolve("key-value-json.yaml"))::shape)
                .isInstanceOf(UncheckableException.class)
                .hasMessage("the rehearsal sends and checks values without keys; put json in place of jsonKeyValue");
    }

    @Test
    @DisplayName("steps are read with their defaults")
    void steps() {
        assertThat(transforms("chosen-fields"))
                .contains(new Transform.Project(List.of(
                        new Transform.Output("visitor", "userId", null),
                        new Transform.Output("page", "page", null),
                        new Transform.Output("bytes", "bytes", null),
                        new Transform.Output("site", "site", "www"),
                        new Transform.Output("weight", "weight", 0.5))));
        assertThat(transforms("first-visits")).contains(new Transform.Deduplicate("userId", Duration.ofMinutes(30)));
        assertThat(transforms("order-lines")).contains(new Transform.Flatten("lines"));
        assertThat(transforms("engagement-sessions"))
                .endsWith(new Transform.Window(
                        "visitor",
                        new Transform.Extent.Session(Duration.ofMinutes(30)),
                        Duration.ZERO,
                        List.of(
                                new Transform.Metric("events", Transform.Kind.COUNT, null),
                                new Transform.Metric("milliseconds", Transform.Kind.DURATION, null),
                                new Transform.Metric("pages", Transform.Kind.DISTINCT, "page"),
                                new Transform.Metric("averageBytes", Transform.Kind.AVG, "bytes"))));
    }

    @Test
    @DisplayName("a sink has all its topics, and knows which one a record belongs to")
    void routing() {
        Shape shape = PipelineFile.read(EXAMPLES.resolve("events-by-kind.yaml")).shape();

        Shape.Sink sink = shape.sinks().get(0);

        assertThat(sink.topics())
                .extracting(Shape.Topic::name)
                .containsExactly("events-orders", "events-refunds", "events-rest");
        assertThat(shape.topics()).hasSize(4);
        assertThat(sink.routing()).hasValueSatisfying(routing -> {
            assertThat(routing.field()).isEqualTo("kind");
            assertThat(routing.topicOf("events-refunds")).isEqualTo("events-refunds");
            assertThat(routing.topicOf("events-else")).isEqualTo("events-rest");
            assertThat(routing.topicOf(null)).isEqualTo("events-rest");
        });
    }

    private static List<Transform> transforms(String example) {
        return PipelineFile.read(EXAMPLES.resolve(example + ".yaml")).shape().transforms();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: x}",
                "apiVersion: kafkaflink.io/v1alpha1\nkind: KafkaFlinkPipeline\nspec: {}",
                "apiVersion: kafkaflink.io/v1alpha1\nkind: KafkaFlinkPipeline\nmetadata: {name: a}\n---\n"
                        + "apiVersion: kafkaflink.io/v1alpha1\nkind: KafkaFlinkPipeline\nmetadata: {name: b}",
                "",
                "just text"
            })
    @DisplayName("files that are no single pipeline are refused with their name")
    void refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), text);

        assertThatThrownBy(() -> PipelineFile.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("bad.yaml");
    }
}
