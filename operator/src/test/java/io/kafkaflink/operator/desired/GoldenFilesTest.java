package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.operator.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users see of a pipeline: topics, revision, job configuration, FlinkDeployment. */
class GoldenFilesTest {

    @TestFactory
    Stream<DynamicTest> children() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> assertChildren(golden)));
    }

    private static void assertChildren(GoldenCase golden) throws IOException {
        SortedMap<String, String> children = golden.children();
        Set<String> expected = new TreeSet<>(children.keySet());
        expected.addAll(Set.of("in-pipeline.yaml", "in-observed.yaml"));
        if (Boolean.getBoolean("golden.update")) {
            deleteUnused(golden.folder(), expected);
        }
        children.forEach(
                (file, content) -> GoldenFile.assertMatches(golden.folder().resolve(file), content));
        assertThat(files(golden.folder())).as("files of %s", golden.folder()).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> canRun() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    byte[] yaml = golden.revision().jobConfiguration().getBytes(StandardCharsets.UTF_8);
                    assertThat(JobConfigurationCheck.violations(JobConfigurationYaml.read(yaml)))
                            .isEmpty();
                    assertThat(RefusedFields.of(golden.spec())).isEmpty();
                }));
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void deleteUnused(Path folder, Set<String> expected) throws IOException {
        for (String file : files(folder)) {
            if (file.startsWith("out-") && !expected.contains(file)) {
                Files.delete(folder.resolve(file));
            }
        }
    }
}
