package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal where no real API server can be had. */
class InMemoryRehearsalIT {
    private static final Duration WHOLE = Duration.ofMinutes(12);

    @TempDir
    Path folder;

    private InstalledRehearsal installed;

    @BeforeEach
    void install() throws Exception {
        installed = InstalledRehearsal.in(folder);
    }

    @Test
    @DisplayName("the smallest pipeline and an upgrade on the in-memory API server: all right, and exit code 3")
    void inMemory() throws Exception {
        String pipeline = installed.example("prefix.yaml");
        Path upgrade = folder.resolve("upgrade.yaml");
        Files.writeString(
                upgrade,
                Files.readString(Path.of(pipeline)).replace("checkpointInterval: 5s", "checkpointInterval: 4s"));
        try (RehearsalProcess rehearsal = installed.start(
                pipeline, "--upgrade", upgrade.toString(), "--kube-api", "memory", "--records-per-second", "100")) {
            assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isEqualTo(3);
            assertThat(rehearsal.output())
                    .containsPattern("lost +0 +0\n")
                    .containsPattern("duplicated +0 +0\n")
                    .contains("No RBAC", "no proof");
        }
    }
}
