package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal, ended early: it takes what it started with it. */
class EndedRehearsalsIT {
    private static final Duration STARTED = Duration.ofMinutes(4);
    private static final String READY = "operator ready";

    @TempDir
    Path folder;

    private InstalledRehearsal installed;

    @BeforeEach
    void install() throws Exception {
        installed = InstalledRehearsal.in(folder);
    }

    @Test
    @DisplayName("two at once: Ctrl-C ends one and leaves the other; what a killed one leaves goes with the next")
    void endings() throws Exception {
        InstalledRehearsal.requireApiServer();
        assumeTrue(
                hearsInterrupts(),
                "SIGINT is ignored here, as in what a shell starts in the background; Ctrl-C cannot be tried");
        String file = installed.example("prefix.yaml");
        try (RehearsalProcess one = installed.start(file);
                RehearsalProcess other = installed.start(file)) {
            one.awaitOutput(READY, STARTED);
            other.awaitOutput(READY, STARTED);
            List<ProcessHandle> ofOne = one.children();
            List<ProcessHandle> ofOther = other.children();

            one.interrupt();

            assertThat(one.awaitExit(STARTED)).isEqualTo(130);
            await().atMost(Duration.ofSeconds(20)).until(() -> ofOne.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(other.alive()).isTrue();
            assertThat(ofOther).filteredOn(ProcessHandle::isAlive).hasSizeGreaterThan(3);

            other.kill();
            await().until(() -> !other.alive());
            assertThat(ofOther).filteredOn(ProcessHandle::isAlive).isNotEmpty();
            other.cleanUpAsTheNextOneDoes();

            await().atMost(Duration.ofSeconds(30)).until(() -> ofOther.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(other.leftovers())
                    .filteredOn(name -> !name.startsWith("output"))
                    .isEmpty();
        }
    }

    /** Inherited by everything that this process starts. */
    private static boolean hearsInterrupts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .noneMatch(ignored -> (ignored & 2) != 0);
    }
}
