package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.FreePorts;
import io.kafkaflink.processes.JavaCommand;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator in a process of its own, with the jars and the main class of its image and the rights of its shipped
 * roles. It can be killed and started again.
 */
public final class OperatorProcess {
    private static final String MAIN_CLASS = "io.kafkaflink.operator.runtime.OperatorMain";
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final ProcessLedger ledger;
    private final Path lib;
    private final Path folder;
    private final Map<String, String> environment;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private ChildProcess process;
    private volatile boolean killed;

    /**
     * Prepares the process; {@link #start} starts it.
     *
     * @param lib the class path
     * @param kubeconfig with the token of its service account
     * @param settings environment as in its Deployment
     */
    OperatorProcess(ProcessLedger ledger, Path lib, Path kubeconfig, Path folder, Map<String, String> settings) {
        this.ledger = ledger;
        this.lib = lib;
        this.folder = folder;
        int port = FreePorts.next();
        this.address = URI.create("http://127.0.0.1:" + port);
        environment = new HashMap<>(settings);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("KAFKAFLINK_HEALTH_ADDRESS", "127.0.0.1");
        environment.put("KAFKAFLINK_HEALTH_PORT", Integer.toString(port));
    }

    /** Starts it and waits until it says that it is ready. */
    public void start() {
        start(Files.exists(classData()) ? List.of("-XX:SharedArchiveFile=" + classData()) : List.of());
    }

    /**
     * Makes every later start cheaper by about half its CPU time: it runs once more, writes down as it ends which classes it
     * had, and starts again from that.
     */
    public void archiveClasses() {
        process.stop(FAREWELL);
        start(List.of("-XX:ArchiveClassesAtExit=" + classData()));
        process.stop(FAREWELL);
        start();
    }

    private Path classData() {
        return folder.resolve("operator.jsa");
    }

    private void start(List<String> classDataOptions) {
        List<String> options = new ArrayList<>(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        options.addAll(classDataOptions);
        JavaCommand command = new JavaCommand(
                "operator",
                List.of(lib + "/*"),
                options,
                MAIN_CLASS,
                List.of(),
                environment,
                folder,
                folder.resolve("operator.log"));
        process = ledger.start(command.command());
        killed = false;
        process.awaitReady(this::answers, READY);
    }

    /** Where Prometheus can read its metrics, also after it was started again. */
    URI metrics() {
        return address.resolve("/metrics");
    }

    /** Ends it as a lost machine would. */
    public void kill() {
        killed = true;
        process.kill();
    }

    /** Fails when it has ended without being killed. */
    void check() {
        if (process != null && !killed && !process.isAlive()) {
            throw new IllegalStateException("the operator has ended by itself. " + process.lastLines());
        }
    }

    private boolean answers() throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/readyz"))
                    .timeout(ANSWER)
                    .GET()
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == HttpURLConnection.HTTP_OK;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
