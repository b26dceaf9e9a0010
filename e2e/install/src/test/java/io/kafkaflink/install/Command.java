package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program with the arguments and the environment that all its calls share. */
record Command(List<String> program, Map<String, String> environment) {

    /** What a call came to. */
    record Outcome(int code, String out, String err) {
        Outcome orFail() {
            assertThat(code).as("exit code; standard error: %s", err).isZero();
            return this;
        }
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Runs it with a text as standard input. */
    Outcome runWith(String input, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of(arguments));
        Path folder = Files.createTempDirectory("command");
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ends within 2 min", line)
                    .isTrue();
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            for (Path file : List.of(in, out, err, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
