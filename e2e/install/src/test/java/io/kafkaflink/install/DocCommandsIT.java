package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kubectl commands of runbooks, tutorial and user guide, on a real API server that has what they ask for. */
@RequiresKubeApi
class DocCommandsIT {
    private static final Path DOCS = Repository.ROOT.resolve("docs");
    private static final Path STATE = Path.of("src/test/resources/docs");

    @TempDir
    private static Path tools;

    private static Cluster cluster;
    private static DocCommands commands;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = new Cluster();
        cluster.createNamespaces("kafkaflink", "shop", "kafka");
        cluster.kubectl()
                .run("apply", "--server-side", "--filename", Repository.CRD.toString())
                .orFail();
        cluster.awaitServed("kafkaflinkpipelines.kafkaflink.io");
        cluster.apply(STATE.resolve("cluster.yaml"));
        for (JsonNode pipeline : Repository.documents(Repository.text(STATE.resolve("status.yaml")))) {
            patchStatus((ObjectNode) pipeline);
        }
        Map<String, String> environment = new LinkedHashMap<>(cluster.kubectl().environment());
        environment.put("REAL_KUBECTL", cluster.kubectl().program().get(0));
        environment.put(
                "REPOSITORY", Repository.ROOT.toAbsolutePath().normalize().toString());
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        commands = DocCommands.in(tools, environment);
    }

    private static void patchStatus(ObjectNode pipeline) throws IOException, InterruptedException {
        String name = pipeline.at("/metadata/name").asText();
        cluster.kubectl()
                .run(
                        "--namespace",
                        "shop",
                        "patch",
                        "kfp",
                        name,
                        "--subresource=status",
                        "--type=merge",
                        "--patch",
                        pipeline.toString())
                .orFail();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static List<Path> runbooks() {
        return Repository.files(DOCS.resolve("runbooks"), ".md");
    }

    static Stream<Path> pages() {
        return Stream.concat(
                runbooks().stream(), Stream.of("tutorial.md", "user-guide.md").map(DOCS::resolve));
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every command is understood by the API server and finds what it asks for")
    void commands(Path page) throws IOException, InterruptedException {
        List<String> blocks = DocCommands.blocks(page);
        assertThat(blocks).isNotEmpty();
        StringBuilder variables = new StringBuilder();
        for (String block : blocks) {
            Command.Outcome outcome = commands.run(variables + block);

            assertThat(outcome.code())
                    .as("%s%n%s%n%s", block, outcome.out(), outcome.err())
                    .isZero();
            assertThat(outcome.err()).doesNotContain("No resources found");
            block.lines()
                    .filter(line -> line.matches("[A-Z]+=.*"))
                    .forEach(line -> variables.append(line).append('\n'));
        }
    }
}
