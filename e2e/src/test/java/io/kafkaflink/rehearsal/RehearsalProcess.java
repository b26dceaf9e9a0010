package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged rehearsal as a process, with a folder of temporary files of its own. */
final class RehearsalProcess implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Process process;
    private final Path output;
    private final Path temporary;

    private RehearsalProcess(Process process, Path output, Path temporary) {
        this.process = process;
        this.output = output;
        this.temporary = temporary;
    }

    /**
     * A folder that looks like {@code target} of a build.
     *
     * @param place made; may have a space in its path
     */
    static Path install(Path place) throws IOException {
        Files.createDirectories(place);
        for (String part : List.of("rehearsal.jar", "lib", "dist")) {
            Files.createSymbolicLink(place.resolve(part), TARGET.resolve(part));
        }
        return place;
    }

    static RehearsalProcess start(Path installation, Path temporary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary),
                "-jar",
                installation.resolve("rehearsal.jar").toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(temporary, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RehearsalProcess(process, output, temporary);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitOutput(String text, Duration deadline) {
        await().atMost(deadline).untilAsserted(() -> {
            assertThat(process.isAlive())
                    .as("alive, after it said:%n%s", output())
                    .isTrue();
            assertThat(output()).contains(text);
        });
    }

    int awaitExit(Duration deadline) throws InterruptedException {
        assertThat(process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s; it said:%n%s", deadline, output())
                .isTrue();
        return process.exitValue();
    }

    /** Everything it has started so far. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Ctrl-C in its terminal. */
    void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** SIGKILL: no chance to clean up. */
    void kill() {
        process.destroyForcibly();
    }

    /** What the next rehearsal does at its start. */
    void cleanUpAsTheNextOneDoes() {
        ProcessLedger.open(ledgers()).close();
    }

    /** Names of what lies in its folder of temporary files, its output left out. */
    List<String> leftovers() {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> !file.equals(temporary) && !file.equals(ledgers()) && !file.equals(output))
                    .map(file -> temporary.relativize(file).toString())
                    .filter(name -> !name.endsWith(".lock") && !name.startsWith("hsperfdata"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ledgers() {
        return temporary.resolve("kafkaflink-" + System.getProperty("user.name"));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
        }
        if (Files.exists(ledgers())) {
            cleanUpAsTheNextOneDoes();
        }
    }
}
