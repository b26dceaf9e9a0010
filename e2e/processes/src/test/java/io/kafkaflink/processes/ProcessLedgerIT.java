package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLedgerIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** A child of an owner that runs in a JVM of its own. */
    private record Owned(ChildProcess owner, ProcessHandle child, Path folder) {}

    @TempDir
    Path temp;

    private Path root;
    private ProcessLedger ownersOwner;

    @BeforeEach
    void open() {
        root = temp.resolve("ledgers of a user");
        ownersOwner = ProcessLedger.open(temp.resolve("ledger of this test"));
    }

    @AfterEach
    void close() {
        ownersOwner.close();
    }

    @Test
    void nextOwnerCleansUpAfterAKilledOne() throws Exception {
        Owned owned = startOwner("one");
        owned.owner().kill();
        assertThat(owned.child().isAlive()).as("orphan of a killed owner").isTrue();

        try (ProcessLedger next = ProcessLedger.open(root)) {
            assertThat(owned.child().isAlive()).isFalse();
            assertThat(owned.folder()).doesNotExist();
            assertThat(next.isClosed()).isFalse();
        }
        assertThat(ledgers()).isEmpty();
    }

    @Test
    void ownersDoNotTouchEachOther() throws Exception {
        Owned one = startOwner("one");
        Owned two = startOwner("two");
        ProcessLedger.open(root).close();
        assertThat(one.child().isAlive()).isTrue();

        two.owner().stop(DEADLINE);
        await().atMost(DEADLINE).until(() -> !two.child().isAlive());
        assertThat(two.folder()).doesNotExist();
        assertThat(one.child().isAlive()).isTrue();
        assertThat(one.folder()).exists();
    }

    @Test
    void nothingIsLeftAfterCtrlC() throws Exception {
        Owned owned = startOwner("one");
        new ProcessBuilder("kill", interrupt(), Long.toString(owned.owner().pid()))
                .start()
                .waitFor();
        owned.owner().awaitExit(DEADLINE);
        assertThat(owned.child().isAlive()).isFalse();
        assertThat(owned.folder()).doesNotExist();
        assertThat(ledgers()).isEmpty();
    }

    /**
     * What Ctrl-C sends. Children of a background job of a shell start with SIGINT ignored and inherit that; then SIGTERM
     * takes the same way through the shutdown hooks.
     */
    private static String interrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> new java.math.BigInteger(line.substring(7).strip(), 16))
                        .anyMatch(mask -> mask.testBit(1));
        return ignored ? "-TERM" : "-INT";
    }

    @Test
    void forcesAChildThatDoesNotListen() throws Exception {
        ChildProcess child = ownersOwner.start(
                Stubborn.command(temp.resolve("a child"), "ignore SIGTERM").command());
        child.awaitReady(() -> Files.readString(child.log()).contains("ready"), DEADLINE);
        child.stop(Duration.ofMillis(200));
        assertThat(child.isAlive()).isFalse();
        assertThat(child.exit().join()).isEqualTo(128 + 9);
    }

    @Test
    void saysWhyAChildIsNotReady() {
        ChildProcess silent =
                ownersOwner.start(Stubborn.command(temp.resolve("a child")).command());
        assertThatThrownBy(() -> silent.awaitReady(
                        () -> {
                            throw new IOException("Connection refused");
                        },
                        Duration.ofMillis(300)))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("stubborn child (pid " + silent.pid() + ") was not ready")
                .hasMessageContaining("Connection refused");

        Command gone = new Command(
                "gone", List.of("sh", "-c", "echo no luck; exit 3"), Map.of(), temp, temp.resolve("gone.log"));
        ChildProcess ended = ownersOwner.start(gone);
        assertThatThrownBy(() -> ended.awaitReady(() -> false, DEADLINE))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("ended with exit code 3")
                .hasMessageContaining("no luck");
    }

    @Test
    void startsNothingAfterItsEnd() {
        ProcessLedger ledger = ProcessLedger.open(root);
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.start(Stubborn.command(temp).command()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its ledger is closed");
    }

    private Owned startOwner(String name) throws IOException {
        Path log = temp.resolve(name + ".log");
        JavaCommand command = new JavaCommand(
                "owner " + name,
                List.of(System.getProperty("java.class.path")),
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                LedgerOwner.class.getName(),
                List.of(root.toString()),
                Map.of(),
                temp,
                log);
        ChildProcess owner = ownersOwner.start(command.command());
        owner.awaitReady(() -> Files.readString(log).contains("child "), DEADLINE);
        String[] words = Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("child "))
                .findFirst()
                .orElseThrow()
                .split(" ", 3);
        ProcessHandle child = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
        ownersOwner.enter(child);
        return new Owned(owner, child, Path.of(words[2]));
    }

    private List<Path> ledgers() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(each -> !each.endsWith("reap.lock")).toList();
        }
    }
}
