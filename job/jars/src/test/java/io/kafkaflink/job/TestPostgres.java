package io.kafkaflink.job;

import static org.awaitility.Awaitility.await;

import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.Command;
import io.kafkaflink.processes.FreePorts;
import io.kafkaflink.processes.ProcessFailedException;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.Driver;

/**
 * A PostgreSQL server on a free loopback port, from the binaries that are published as a Maven artifact. It can be killed and
 * started again on the same port and data. It refuses to run as root, so that root gives it a user namespace of its own.
 */
final class TestPostgres {
    static final String USER = "pipeline";
    static final String PASSWORD = "p w'\"\\$1";

    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ProcessLedger ledger;
    private final Path folder;
    private final int port = FreePorts.next();
    private ChildProcess process;

    private TestPostgres(ProcessLedger ledger, Path folder) {
        this.ledger = ledger;
        this.folder = folder;
    }

    /** Makes an empty database cluster and starts it; skips the test, with the reason, where that cannot be done. */
    static TestPostgres start(ProcessLedger ledger) throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "PostgreSQL's binaries in the class path are for Linux on amd64");
        TestPostgres postgres = new TestPostgres(ledger, ledger.createFolder("postgres"));
        Assumptions.assumeTrue(
                postgres.run("namespace", postgres.unprivileged("true")) == 0,
                "PostgreSQL does not run as root, and no user namespace can be made here");
        postgres.unpack();
        postgres.initialize();
        postgres.start();
        return postgres;
    }

    private void unpack() throws IOException {
        Path archive = folder.resolve("postgres.txz");
        try (InputStream packed = TestPostgres.class.getResourceAsStream(BINARIES)) {
            Files.copy(packed, archive);
        }
        Path binaries = Files.createDirectory(folder.resolve("postgres"));
        Assumptions.assumeTrue(
                run("tar", List.of("tar", "-xJf", archive.toString(), "-C", binaries.toString())) == 0,
                "tar cannot unpack PostgreSQL's binaries; it needs xz");
    }

    private void initialize() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        List<String> command = unprivileged(
                binary("initdb"),
                "-D",
                data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        if (run("initdb", command) != 0) {
            throw new AssertionError(Files.readString(folder.resolve("initdb.log")));
        }
    }

    /** Returns when it answers. */
    void start() {
        List<String> command = unprivileged(
                binary("postgres"),
                "-D",
                data(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off");
        // After a kill the shared memory is free when the last of its processes has noticed.
        await().atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(ProcessFailedException.class)
                .until(() -> {
                    process = ledger.start(command("postgres", command));
                    process.awaitReady(this::answers, DEADLINE);
                    return true;
                });
    }

    /** Ends it as a lost machine would. */
    void kill() {
        process.kill();
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Credentials as a sink gets them. */
    static String credentials(Path folder) throws IOException {
        return MountedSecret.mount(folder, Map.of("username", USER, "password", PASSWORD + "\n"))
                .folder()
                .toString();
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        return new Driver().connect(url(), properties);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows of a query, each as texts separated by blanks. */
    List<String> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    values.add(found.getString(i));
                }
                rows.add(String.join(" ", values));
            }
            return rows;
        }
    }

    private String binary(String name) {
        return folder.resolve("postgres").resolve("bin").resolve(name).toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> unprivileged(String... command) {
        return Stream.concat(root() ? Stream.of("unshare", "--user") : Stream.empty(), Stream.of(command))
                .toList();
    }

    private int run(String name, List<String> line) {
        return ledger.start(command(name, line)).awaitExit(DEADLINE);
    }

    private Command command(String name, List<String> line) {
        return new Command(name, line, Map.of("LC_ALL", "C"), folder, folder.resolve(name + ".log"));
    }
}
