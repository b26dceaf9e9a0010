package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal as people run it. */
class RehearsalIT {
    private static final Duration WHOLE = Duration.ofMinutes(12);
    private static final Duration STARTED = Duration.ofMinutes(4);
    private static final String READY = "operator ready";

    @TempDir
    Path folder;

    @Test
    @DisplayName("clickstream from start to end, in folders with spaces: exit code 0, a table of zeros, nothing left")
    void wholeFlow() throws Exception {
        InstalledRehearsal.requireApiServer();
        InstalledRehearsal installed = InstalledRehearsal.in(folder);
        try (RehearsalProcess rehearsal = installed.start(
                installed.example("clickstream.yaml"),
                "--work-dir",
                folder.resolve("work dir").toString(),
                "--report",
                folder.resolve("report.html").toString(),
                "--records-per-second",
                "200")) {
            rehearsal.awaitOutput(READY, STARTED);
            List<ProcessHandle> children = rehearsal.children();

            assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isZero();

            assertThat(rehearsal.output())
                    .containsPattern("lost +0 +0\n")
                    .containsPattern("duplicated +0 +0\n")
                    .containsPattern("out of order +0 +-\n")
                    .containsPattern("windows right / wrong +- +[1-9][0-9,]* / 0\n")
                    .contains("downtime, growth 2->4", "downtime, suspend and resume", "downtime, operator killed")
                    .contains("Nothing lost, nothing duplicated, everything right.\n")
                    .endsWith("Report: " + folder.resolve("report.html") + "\n");
            assertThat(folder.resolve("report.html"))
                    .content()
                    .contains("<polyline", "<td>growth 2-&gt;4</td>", "<td>Growth</td>", "Nothing lost");
            assertThat(children).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }
}
