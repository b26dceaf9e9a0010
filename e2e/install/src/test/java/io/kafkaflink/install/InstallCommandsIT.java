package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of pages that install something, each page on an empty cluster. What others would have made by the time of a
 * page's third block, say, is in {@code docs/<page>/3.yaml} of the test's resources.
 */
@RequiresKubeApi
class InstallCommandsIT {
    private static final Path STATE = Path.of("src/test/resources/docs");

    @TempDir
    Path folder;

    private Cluster cluster;
    private DocCommands commands;

    @BeforeEach
    void start() throws IOException {
        cluster = new Cluster();
        Command helm = cluster.helm(Helm.V4);
        Map<String, String> environment = new LinkedHashMap<>(helm.environment());
        environment.put("REAL_HELM", helm.program().get(0));
        environment.put("REAL_KUBECTL", cluster.kubectl().program().get(0));
        environment.put("SMALL_CHART", smallChart().toString());
        environment.put(
                "REPOSITORY", Repository.ROOT.toAbsolutePath().normalize().toString());
        Path tools = Files.createDirectories(folder.resolve("tools"));
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        commands = DocCommands.installing(tools, environment);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    static Stream<Path> pages() {
        return Stream.of(
                Repository.ROOT.resolve("docs/quickstart.md"),
                Repository.ROOT.resolve("docs/operations.md"),
                Repository.ROOT.resolve("docs/gitops.md"),
                Repository.CHART.resolve("README.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every command is understood by Helm and the API server, and finds what it asks for")
    void commands(Path page) throws IOException, InterruptedException {
        List<String> blocks = DocCommands.blocks(page);
        assertThat(blocks).isNotEmpty();
        for (int i = 0; i < blocks.size(); i++) {
            happened(page, i + 1);

            Command.Outcome outcome = commands.run(blocks.get(i));

            assertThat(outcome.code())
                    .as("%s%n%s%n%s", blocks.get(i), outcome.out(), outcome.err())
                    .isZero();
        }
    }

    /** Applies what is there by the time of a block. */
    private void happened(Path page, int block) throws IOException, InterruptedException {
        Path state =
                STATE.resolve(page.getFileName().toString().replace(".md", "")).resolve(block + ".yaml");
        if (Files.exists(state)) {
            cluster.apply(state);
        }
    }

    private Path smallChart() throws IOException {
        Path chart = folder.resolve("small");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: small, version: 0.0.1}\n");
        return chart;
    }
}
