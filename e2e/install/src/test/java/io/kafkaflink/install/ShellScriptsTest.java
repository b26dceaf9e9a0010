package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of the tests on a real cluster, which few machines can run. */
class ShellScriptsTest {
    @TempDir
    private Path temporary;

    static List<Path> scripts() {
        return Stream.concat(
                        Repository.files(Repository.ROOT.resolve("e2e/cluster"), ".sh").stream(),
                        Stream.of(Repository.ROOT.resolve(".ci/run")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    @DisplayName("a script is one that the shell can read")
    void syntax(Path script) throws IOException, InterruptedException {
        new Command(List.of("bash", "-n"), Map.of()).run(script.toString()).orFail();
    }

    @Test
    @DisplayName("shellcheck has nothing to warn of")
    void lint() throws IOException, InterruptedException {
        Command shellCheck = ShellCheck.command(temporary);
        List<String> arguments = new ArrayList<>(List.of("--severity=warning"));
        scripts().forEach(script -> arguments.add(script.toString()));

        Command.Outcome outcome = shellCheck.run(arguments.toArray(String[]::new));

        assertThat(outcome.code()).as(outcome.out()).isZero();
    }
}
