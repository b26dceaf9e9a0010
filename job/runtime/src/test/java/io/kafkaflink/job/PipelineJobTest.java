package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineJobTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Called by a cluster, main throws one line without stack trace and leaves the process alone")
    void throwsInACluster() {
        String[] arguments = {"--config", folder.resolve("none").toString(), "--config-hash", "0".repeat(64)};
        assertThatThrownBy(() -> PipelineJob.main(arguments))
                .isInstanceOf(JobRefused.class)
                .hasMessage(
                        "Job configuration " + folder.resolve("none") + " does not exist; mount it or correct --config")
                .satisfies(refused -> assertThat(refused.getStackTrace()).isEmpty());
    }

    @Test
    void refusesAFileThatNoConfigMapCouldHold() throws Exception {
        Path file = Files.write(folder.resolve("big"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() ->
                        PipelineJob.main(new String[] {"--config", file.toString(), "--config-hash", "0".repeat(64)}))
                .hasMessage("Job configuration " + file + ": found 1048577 bytes, expected at most 1048576");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() ->
                        PipelineJob.main(new String[] {"--config", folder.toString(), "--config-hash", "0".repeat(64)}))
                .hasMessageStartingWith("Job configuration " + folder + " cannot be read: ");
    }
}
