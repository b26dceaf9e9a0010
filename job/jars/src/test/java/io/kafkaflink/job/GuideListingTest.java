package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.FunctionStep;
import io.kafkaflink.model.Transform;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function that the user guide shows is one that a pipeline takes. */
@Tag("every-pair")
class GuideListingTest {
    private static final Pattern LISTING = Pattern.compile("(?s)```java\\R(public class Totals .*?)```");
    private static final String IMPORTS = """
            package com.example;
            import java.util.Map;
            import org.apache.flink.api.common.functions.OpenContext;
            import org.apache.flink.api.common.state.ValueState;
            import org.apache.flink.api.common.state.ValueStateDescriptor;
            import org.apache.flink.api.common.typeinfo.Types;
            import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
            import org.apache.flink.types.Row;
            import org.apache.flink.util.Collector;
            """;

    @TempDir
    Path folder;

    @Test
    @DisplayName("the listing compiles against Flink alone, is found by its name and gets the step's uid")
    void listing() throws Exception {
        Matcher listing = LISTING.matcher(Files.readString(guide(), UTF_8));
        assertThat(listing.find()).isTrue();
        Path source = Files.createDirectories(folder.resolve("com/example")).resolve("Totals.java");
        Files.writeString(source, IMPORTS + listing.group(1));
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, UTF_8);
        assertThat(compiler.getTask(
                                said,
                                files,
                                null,
                                List.of("-d", folder.toString()),
                                null,
                                files.getJavaFileObjects(source))
                        .call())
                .as(said.toString())
                .isTrue();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader image = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(image);
            assertThat(uids()).contains("step-heavy", "step-heavy.out");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static List<String> uids() {
        List<Field> fields = List.of(new Field("user", FieldType.String), new Field("total", FieldType.Long));
        FunctionStep step = new FunctionStep("com.example.Totals", "user", Map.of("most", "5000"), fields);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
        PipelineTopology.build(
                environment,
                TestEvents.pipeline("heavy", "5s", Transform.of("heavy", step)),
                ConnectorLine.onClassPath());
        return environment.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .toList();
    }

    private static Path guide() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/user-guide.md"))) {
            here = here.getParent();
        }
        return here.resolve("docs/user-guide.md");
    }
}
