package io.kafkaflink.processes;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker (KRaft, broker and controller in one process) on free loopback ports. It can be stopped, killed and
 * started again on the same ports and data, as a broker that was away and came back.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration FORMAT_DEADLINE = Duration.ofSeconds(60);
    private static final Duration READY_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);
    private static final int PORT_ATTEMPTS = 3;

    private final ProcessLedger ledger;
    private final Path folder;
    private final Path jars;
    private final int port;
    private final Map<BrokerSecurity.Listener, Integer> securePorts = new EnumMap<>(BrokerSecurity.Listener.class);
    private final Optional<BrokerSecurity> security;
    private ChildProcess process;

    private KafkaBroker(ProcessLedger ledger, Path folder, int port, Optional<BrokerSecurity> security) {
        this.ledger = ledger;
        this.folder = folder;
        this.jars = Distribution.locate("kafka");
        this.port = port;
        this.security = security;
        if (security.isPresent()) {
            for (BrokerSecurity.Listener listener : BrokerSecurity.Listener.values()) {
                securePorts.put(listener, FreePorts.next());
            }
        }
    }

    /** Starts a broker with the standard settings; see {@link #start(ProcessLedger, Path, Map)}. */
    public static KafkaBroker start(ProcessLedger ledger, Path folder) {
        return start(ledger, folder, Map.of());
    }

    /**
     * Formats a data folder and starts a broker in it; returns when it answers.
     *
     * @param folder for data, settings and {@code broker.log}; made when missing, must not hold a broker already
     * @param serverProperties added to the settings, and stronger than ours
     * @throws ProcessFailedException when it does not come up
     */
    public static KafkaBroker start(ProcessLedger ledger, Path folder, Map<String, String> serverProperties) {
        return start(ledger, folder, serverProperties, Optional.empty());
    }

    /** Starts a broker that knows its clients; {@code broker.log} has every decision of its authorizer. */
    public static KafkaBroker start(ProcessLedger ledger, Path folder, BrokerSecurity security) {
        return start(ledger, folder, Map.of(), Optional.of(security));
    }

    private static KafkaBroker start(
            ProcessLedger ledger,
            Path folder,
            Map<String, String> serverProperties,
            Optional<BrokerSecurity> security) {
        for (int attempt = 1; ; attempt++) {
            int port = FreePorts.next();
            KafkaBroker broker = new KafkaBroker(ledger, folder.toAbsolutePath(), port, security);
            try {
                broker.writeSettings(serverProperties, FreePorts.next());
                broker.format();
                broker.start();
                return broker;
            } catch (ProcessFailedException e) {
                // Another process on this machine was faster to the port.
                if (attempt == PORT_ATTEMPTS || !e.getMessage().contains("Address already in use")) {
                    throw e;
                }
            } catch (IOException e) {
                throw new ProcessFailedException("The settings of a Kafka broker cannot be written in " + folder, e);
            }
        }
    }

    /** {@code host:port} for {@code bootstrap.servers}; the same after a restart. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** The same for clients that say who they are. */
    public String bootstrapServers(BrokerSecurity.Listener listener) {
        Integer secure = securePorts.get(listener);
        if (secure == null) {
            throw new IllegalStateException("This broker was started without listener " + listener);
        }
        return HOST + ":" + secure;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process that runs now, or ran last. */
    public ChildProcess process() {
        return process;
    }

    /** Starts it again after {@link #stop()} or {@link #kill()}; returns when it answers. */
    public void start() {
        process = ledger.start(java(
                        "Kafka broker",
                        "broker.log",
                        "kafka.Kafka",
                        List.of(settings().toString()))
                .command());
        process.awaitReady(this::answers, READY_DEADLINE);
    }

    /** Ends it in order; data stay. */
    public void stop() {
        process.stop(STOP_GRACE);
    }

    /**
     * Ends it as a lost machine would; data stay. The next {@link #start()} takes about 12 s: the controller accepts the
     * broker again when the session of its former self has expired (9 s). A transaction whose commit is decided but not
     * yet marked in its partitions at this moment stays open for ever, because the restarted coordinator takes a
     * partition without leader for a deleted one (Kafka 4.3.1, measured; only where all replicas are lost at once). Use
     * {@link #stop()} for a broker that comes back with nothing lost.
     */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    private void writeSettings(Map<String, String> serverProperties, int controllerPort) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> plain = BrokerSettings.of(HOST, port, controllerPort, folder.resolve("data"));
        Map<String, String> settings =
                security.map(each -> each.over(plain, HOST, securePorts)).orElse(plain);
        settings.putAll(serverProperties);
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(settings())) {
            properties.store(writer, null);
        }
    }

    private void format() throws IOException {
        if (Files.exists(folder.resolve("data/meta.properties"))) {
            return;
        }
        ChildProcess format = ledger.start(java(
                        "Kafka storage tool",
                        "format.log",
                        "kafka.tools.StorageTool",
                        List.of(
                                "format",
                                "-t",
                                Uuid.randomUuid().toString(),
                                "-c",
                                settings().toString()))
                .command());
        if (format.awaitExit(FORMAT_DEADLINE) != 0) {
            throw new ProcessFailedException("Formatting the data folder of a broker failed. " + format.lastLines());
        }
    }

    private JavaCommand java(String name, String log, String mainClass, List<String> arguments) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // The first compiler only: it lives for minutes, and a start takes less CPU time.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                // Silent where there is no authorizer.
                "-Dorg.slf4j.simpleLogger.log.kafka.authorizer.logger=debug",
                "-Dorg.slf4j.simpleLogger.showDateTime=true"));
        security.ifPresent(each ->
                options.add("-Djava.security.krb5.conf=" + each.kerberos().configuration()));
        return new JavaCommand(
                name, List.of(jars + "/*"), options, mainClass, arguments, Map.of(), folder, folder.resolve(log));
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    /** A listening socket first: an Admin client writes a warning for every refused connection. */
    private boolean answers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(HOST), port), 500);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no cluster description yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
