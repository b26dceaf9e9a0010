package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kafkaflink.kubeapi.KubeApiBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged rehearsal as people run it. */
class RehearsalIT {
    private static final Path EXAMPLES = Path.of("../k8s/examples");
    private static final Duration WHOLE = Duration.ofMinutes(12);
    private static final Duration STARTED = Duration.ofMinutes(4);
    private static final String READY = "operator ready";

    @TempDir
    Path folder;

    private static void requireApiServer() {
        KubeApiBinaries.Result binaries = KubeApiBinaries.standard().prepare();
        assumeTrue(
                binaries instanceof KubeApiBinaries.Available, () -> ((KubeApiBinaries.Unavailable) binaries).reason());
    }

    private String example(String name) throws IOException {
        Path place = Files.createDirectories(folder.resolve("my pipelines"));
        return Files.copy(EXAMPLES.resolve(name), place.resolve(name)).toString();
    }

    private Path installation() throws IOException {
        return RehearsalProcess.install(folder.resolve("in stallation"));
    }

    @Test
    @DisplayName("clickstream from start to end, in folders with spaces: exit code 0, a table of zeros, nothing left")
    void wholeFlow() throws Exception {
        requireApiServer();
        try (RehearsalProcess rehearsal = RehearsalProcess.start(
                installation(),
                folder.resolve("tmp"),
                example("clickstream.yaml"),
                "--work-dir",
                folder.resolve("work dir").toString(),
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
                    .endsWith("Nothing lost, nothing duplicated, everything right.\n");
            assertThat(children).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    @Test
    @DisplayName("uids change under load: nothing lost, duplicated or out of order, offsets compared, nothing left")
    void uidChange() throws Exception {
        requireApiServer();
        try (RehearsalProcess rehearsal = RehearsalProcess.start(
                installation(),
                folder.resolve("tmp"),
                "upgrades",
                "--scenario",
                "uid-change",
                "--records-per-second",
                "1000")) {
            assertThat(rehearsal.awaitExit(WHOLE)).as(rehearsal.output()).isZero();

            assertThat(rehearsal.output())
                    .containsPattern("uid change by nonce +Ready +0 +0 +0( +[0-9.]+ s){6} +[0-4] of 4\n");
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    @Test
    @DisplayName("what is no scenario is refused with those there are: exit code 2")
    void noScenario() throws Exception {
        try (RehearsalProcess rehearsal =
                RehearsalProcess.start(installation(), folder.resolve("tmp"), "upgrades", "--scenario", "uid-chance")) {
            assertThat(rehearsal.awaitExit(STARTED)).as(rehearsal.output()).isEqualTo(2);
            assertThat(rehearsal.output()).contains("there is no 'uid-chance'", "uid-change", "control-blind");
        }
    }

    @Test
    @DisplayName("the smallest pipeline on the in-memory API server: all right, and exit code 3")
    void inMemory() throws Exception {
        try (RehearsalProcess rehearsal = RehearsalProcess.start(
                installation(),
                folder.resolve("tmp"),
                example("prefix.yaml"),
                "--kube-api",
                "memory",
                "--records-per-second",
                "100")) {
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
        requireApiServer();
        Path file = Path.of(example("prefix.yaml"));
        Files.writeString(file, Files.readString(file).replace("  source:\n", "  sauce: true\n  source:\n"));
        try (RehearsalProcess rehearsal =
                RehearsalProcess.start(installation(), folder.resolve("tmp"), file.toString())) {
            assertThat(rehearsal.awaitExit(STARTED)).as(rehearsal.output()).isEqualTo(2);
            assertThat(rehearsal.output()).contains("the API server refuses").contains("spec.sauce");
            assertThat(rehearsal.leftovers()).isEmpty();
        }
    }

    @Test
    @DisplayName("two at once: Ctrl-C ends one and leaves the other; what a killed one leaves goes with the next")
    void endings() throws Exception {
        requireApiServer();
        Path installation = installation();
        Path temporary = folder.resolve("tmp");
        String file = example("prefix.yaml");
        try (RehearsalProcess one = RehearsalProcess.start(installation, temporary, file);
                RehearsalProcess other = RehearsalProcess.start(installation, temporary, file)) {
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
