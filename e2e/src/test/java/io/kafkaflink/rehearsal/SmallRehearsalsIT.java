package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal: one upgrade, and what is refused. */
class SmallRehearsalsIT {
    private static final Duration WHOLE = Duration.ofMinutes(12);
    private static final Duration STARTED = Duration.ofMinutes(4);

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
}
