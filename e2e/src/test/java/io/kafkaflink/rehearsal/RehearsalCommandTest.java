package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.rehearsal.golden.GoldenFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RehearsalCommandTest {
    private static final GoldenFolder GOLDEN = new GoldenFolder("command-line");
    private static final String EXAMPLE = "../k8s/examples/clickstream.yaml";

    private final StringWriter output = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    Path folder;

    @AfterAll
    static void noUnusedFiles() {
        GOLDEN.assertAllUsed();
    }

    private int execute(String... arguments) {
        CommandLine command = RehearsalCommand.commandLine();
        command.setOut(new PrintWriter(output, true));
        command.setErr(new PrintWriter(error, true));
        command.setUsageHelpAutoWidth(false);
        command.setUsageHelpWidth(100);
        return command.execute(arguments);
    }

    @Test
    @DisplayName("--help explains options and exit codes")
    void help() {
        assertThat(execute("--help")).isZero();
        GOLDEN.assertEqual("help.txt", output.toString());
    }

    @Test
    @DisplayName("bad usage is exit code 2")
    void badUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute(EXAMPLE, "--unknown")).isEqualTo(2);
        assertThat(execute(EXAMPLE, "--kube-api", "cluster")).isEqualTo(2);
        assertThat(execute(EXAMPLE, "--records-per-second", "0")).isEqualTo(2);
        assertThat(error.toString()).contains("--records-per-second is 0; expected 1 to 100000");
    }

    @Test
    @DisplayName("a file that is no pipeline is exit code 2, before anything is started")
    void badFile() throws IOException {
        Path bad = Files.writeString(folder.resolve("a b.yaml"), "kind: Pod");

        assertThat(execute(bad.toString())).isEqualTo(2);
        assertThat(execute(folder.resolve("absent.yaml").toString())).isEqualTo(2);
        assertThat(error.toString())
                .contains("a b.yaml")
                .contains("absent.yaml")
                .doesNotContain("\tat ");
    }

    @Test
    @DisplayName("a pipeline that ends by itself is exit code 2, before anything is started")
    void ends() {
        assertThat(execute("../k8s/examples/backfill.yaml")).isEqualTo(2);
        assertThat(error.toString())
                .contains("backfill.yaml: the source has an end (stoppingOffsets or datagen.count)");
    }

    @Test
    @DisplayName("input without the event time that the pipeline reads is exit code 2")
    void badInput() throws IOException {
        Path events = Files.writeString(folder.resolve("events.jsonl"), "{\"page\":\"/\"}\n");

        assertThat(execute(EXAMPLE, "--input", events.toString())).isEqualTo(2);
        assertThat(error.toString()).contains("event 1 has no field timestamp");
        assertThat(execute(EXAMPLE, "--input", folder.resolve("absent").toString()))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a pipeline that cannot be checked is exit code 2")
    void uncheckable() throws IOException {
        String yaml =
                Files.readString(Path.of(EXAMPLE)).replace("filter: {expression: \"!bot\"}", "session: {gap: 1m}");
        Path file = Files.writeString(folder.resolve("sessions.yaml"), yaml);

        assertThat(execute(file.toString())).isEqualTo(2);
        assertThat(error.toString()).contains("of a kind the rehearsal does not know");
    }
}
