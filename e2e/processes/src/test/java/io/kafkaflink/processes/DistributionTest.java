package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
    @TempDir
    Path temp;

    @Test
    void buildHasMadeTheBroker() throws Exception {
        assertThat(names(Distribution.locate("kafka"))).contains("kafka_2.13-4.3.1.jar", "slf4j-simple-1.7.36.jar");
    }

    @ParameterizedTest
    @CsvSource({"flink-1.20, 1.20.3, 1.20.0", "flink-2.1, 2.1.1, 2.1.0", "flink-2.2, 2.2.1, 2.2.0"})
    void buildHasMadeEachFlinkAndKeptConnectorsOut(String name, String version, String ofKubernetes) throws Exception {
        assertThat(names(Distribution.locate(name).resolve("lib")))
                .contains("flink-runtime-" + version + ".jar", "flink-kubernetes-" + ofKubernetes + ".jar")
                .contains("log4j-slf4j-impl-2.25.2.jar", "slf4j-api-1.7.36.jar")
                .anyMatch(jar -> jar.startsWith("flink-container-"))
                .noneMatch(jar -> jar.contains("kafka"));
    }

    @Test
    void saysWhatIsMissingAndHowToMakeIt() {
        assertThatThrownBy(() -> Distribution.locate("flink-9.9"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'flink-9.9'")
                .hasMessageContaining(Path.of("target", "dist", "flink-9.9").toString())
                .hasMessageContaining("mvn -pl e2e/processes -am process-resources")
                .hasMessageContaining("-Dkafkaflink.dist=FOLDER");
    }

    @Test
    void propertyWins() throws Exception {
        Path kafka = Files.createDirectories(temp.resolve("kafka"));
        Files.createFile(kafka.resolve("some.jar"));
        System.setProperty(Distribution.PROPERTY, temp.toString());
        try {
            assertThat(Distribution.locate("kafka")).isEqualTo(kafka);
            assertThatThrownBy(() -> Distribution.locate("flink-2.2"))
                    .hasMessageContaining(temp.resolve("flink-2.2").toString());
        } finally {
            System.clearProperty(Distribution.PROPERTY);
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
