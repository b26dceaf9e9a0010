package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal: one upgrade, without a real API server, refused, and ended early. */
class SmallRehearsalsIT {
    private static final Duration WHOLE = Duration.ofMinutes(12);
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
    @DisplayName("uids change under load: nothing lost, duplicated or out of order, offsets compared, nothing left")
    void uidChange() throws Exception {
        InstalledRehearsal.requireApiServer();
        try (RehearsalProcess rehearsal =
                installed.start("upgrades", "--scenario", "uid-change", "--records-per-second", "1000")) {
            assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isZero();

            assertThat(rehearsal.output())
                    .containsPattern("uid change by nonce +Ready +0 +0 +0( +[0-9.]+ s){6} +[0-4] of 4\n");
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    @Test
    @DisplayName("what is no scenario is refused with those there are: exit code 2")
    void noScenario() throws Exception {
        try (RehearsalProcess rehearsal = installed.start("upgrades", "--scenario", "uid-chance")) {
            assertThat(rehearsal.awaitExit(STARTED)).as(rehearsal.output()).isEqualTo(2);
            assertThat(rehearsal.output()).contains("there is no 'uid-chance'", "uid-change", "control-blind");
        }
    }

    @Test
    @DisplayName("the smallest pipeline on the in-memory API server: all right, and exit code 3")
    void inMemory() throws Exception {
        try (RehearsalProcess rehearsal = installed.start(
                installed.example("prefix.yaml"), "--kube-api", "memory", "--records-per-second", "100")) {
            assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isEqualTo(3);
            assertThat(rehearsal.output())
                    .containsPattern("lost +0 +0\n")
                    .containsPattern("duplicated +0 +0\n")
                    .contains("No RBAC", "no proof");
        }
    }

    @Test
    @DisplayName("a spec with unknown fields is refused in the API server's words: exit code 2")
    void refused() throws Exception {
        InstalledRehearsal.requireApiServer();
        Path file = Path.of(installed.example("prefix.yaml"));
        Files.writeString(file, Files.readString(file).replace("  source:\n", "  sauce: true\n  source:\n"));
        try (RehearsalProcess rehearsal = installed.start(file.toString())) {
            assertThat(rehearsal.awaitExit(STARTED)).as(rehearsal.output()).isEqualTo(2);
            assertThat(rehearsal.output()).contains("the API server refuses").contains("spec.sauce");
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    @Test
    @DisplayName("two at once: Ctrl-C ends one and leaves the other; what a killed one leaves goes with the next")
    void endings() throws Exception {
        InstalledRehearsal.requireApiServer();
        String file = installed.example("prefix.yaml");
        try (RehearsalProcess one = installed.start(file);
                RehearsalProcess other = installed.start(file)) {
            one.awaitOutput(READY, STARTED);
            other.awaitOutput(READY, STARTED);
            List<ProcessHandle> ofOne = one.children();
            List<ProcessHandle> ofOther = other.children();

            one.interrupt();

            assertThat(one.awaitExit(Duration.ofMinutes(1))).isEqualTo(130);
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
}
