package io.kafkaflink.kubeapi;

import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.Command;
import io.kafkaflink.processes.FreePorts;
import io.kafkaflink.processes.ProcessFailedException;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * etcd and kube-apiserver as child processes. Binaries and certificates are those of kube-api-test; the processes are
 * our own, because kube-api-test's listen on all interfaces, cannot be told to skip fsync, and hide their ids and data
 * folders, without which nobody can clean up after a killed run.
 */
final class LocalKubeApi extends KubeApi {

    private static final int ATTEMPTS = 3;

    private final KubeApiBinaries.Available binaries;
    private final ProcessLedger ledger;
    private final Path folder;
    private final Duration startTimeout;
    private final ChildProcess etcd;
    private final Command apiServerCommand;
    private ChildProcess apiServer;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::kill, "kube-api-stop");

    private LocalKubeApi(
            KubeApiBinaries.Available binaries,
            ProcessLedger ledger,
            Path folder,
            Duration startTimeout,
            ChildProcess etcd,
            Command apiServerCommand,
            ChildProcess apiServer,
            Kubeconfig administrator) {
        super(administrator);
        this.binaries = binaries;
        this.ledger = ledger;
        this.folder = folder;
        this.startTimeout = startTimeout;
        this.etcd = etcd;
        this.apiServerCommand = apiServerCommand;
        this.apiServer = apiServer;
        this.client = newClient();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @param openLedger opens the ledger that owns the processes and files of one attempt */
    static LocalKubeApi start(
            KubeApiBinaries.Available binaries, KubeApiOptions options, Supplier<ProcessLedger> openLedger) {
        for (int attempt = 1; ; attempt++) {
            ProcessLedger ledger = openLedger.get();
            try {
                return start(binaries, options, ledger);
            } catch (ProcessFailedException e) {
                ledger.close();
                boolean lostPort = e.getMessage().contains("address already in use");
                if (!lostPort || attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (RuntimeException e) {
                ledger.close();
                throw e;
            }
        }
    }

    private static LocalKubeApi start(
            KubeApiBinaries.Available binaries, KubeApiOptions options, ProcessLedger ledger) {
        Path folder = ledger.createFolder("kube-api");
        int etcdPort = FreePorts.next();
        int port = FreePorts.next();
        ChildProcess etcd = ledger.start(command("etcd", folder, etcdCommand(binaries, options, folder, etcdPort)));
        CertManager certificates =
                new CertManager(ledger.createFolder("certificates").toString());
        certificates.createCertificatesIfNeeded();
        Command apiServerCommand =
                command("kube-apiserver", folder, apiServerCommand(binaries, options, certificates, etcdPort, port));
        ChildProcess apiServer = ledger.start(apiServerCommand);
        Kubeconfig administrator = Kubeconfig.withCertificates(
                "https://127.0.0.1:" + port,
                Path.of(certificates.getAPIServerCertPath()),
                Path.of(certificates.getClientCertPath()),
                Path.of(certificates.getClientKeyPath()));
        awaitReady(administrator.config(), etcd, apiServer, options.startTimeout());
        return new LocalKubeApi(
                binaries, ledger, folder, options.startTimeout(), etcd, apiServerCommand, apiServer, administrator);
    }

    private static Command command(String name, Path folder, List<String> line) {
        return new Command(name, line, Map.of(), folder, folder.resolve(name + ".log"));
    }

    private static List<String> etcdCommand(
            KubeApiBinaries.Available binaries, KubeApiOptions options, Path folder, int port) {
        String peer = "http://127.0.0.1:" + FreePorts.next();
        List<String> command = new ArrayList<>(List.of(
                binaries.program("etcd").toString(),
                "--name=default",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + port,
                "--advertise-client-urls=http://127.0.0.1:" + port,
                "--initial-cluster=default=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--listen-peer-urls=" + peer,
                "--log-level=warn"));
        if (!options.fsync()) {
            command.add("--unsafe-no-fsync");
        }
        return command;
    }

    private static List<String> apiServerCommand(
            KubeApiBinaries.Available binaries,
            KubeApiOptions options,
            CertManager certificates,
            int etcdPort,
            int port) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                // The reconciler would try to write 127.0.0.1 as an endpoint, which is not allowed.
                "--endpoint-reconciler-type=none",
                "--secure-port=" + port,
                "--cert-dir=" + Path.of(certificates.getAPIServerCertPath()).getParent(),
                "--client-ca-file=" + certificates.getClientCertPath(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + certificates.getAPIServerKeyPath(),
                "--service-account-key-file=" + certificates.getAPIServerKeyPath(),
                // It waits for token Secrets and default accounts that only a controller manager makes.
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged=true"));
        command.addAll(options.apiServerFlags());
        return command;
    }

    private static void awaitReady(Config administrator, ChildProcess etcd, ChildProcess apiServer, Duration limit) {
        Config config = new ConfigBuilder(administrator)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(5_000)
                .build();
        try (KubernetesClient probe =
                new KubernetesClientBuilder().withConfig(config).build()) {
            apiServer.awaitReady(
                    () -> {
                        if (!etcd.isAlive()) {
                            throw new ProcessFailedException("etcd ended while starting. " + etcd.lastLines());
                        }
                        return isReady(probe);
                    },
                    limit);
        }
    }

    /** Asked without the client's own calls, which log a stack trace for every answer that is not JSON. */
    private static boolean isReady(KubernetesClient probe) throws IOException {
        HttpRequest readyz = probe.getHttpClient()
                .newHttpRequestBuilder()
                .uri(probe.getMasterUrl().toString() + "readyz")
                .build();
        try {
            boolean ready = probe.getHttpClient()
                            .sendAsync(readyz, String.class)
                            .orTimeout(5, TimeUnit.SECONDS)
                            .join()
                            .code()
                    == 200;
            return ready && probe.namespaces().withName("default").get() != null;
        } catch (CompletionException | KubernetesClientException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Ids of the child processes, etcd first. */
    synchronized List<Long> pids() {
        return List.of(etcd.pid(), apiServer.pid());
    }

    @Override
    public synchronized void killServer() {
        apiServer.kill();
    }

    @Override
    public synchronized void startServer() {
        if (apiServer.isAlive()) {
            throw new KubeApiException("kube-apiserver (pid " + apiServer.pid() + ") still runs; kill it first");
        }
        apiServer = ledger.start(apiServerCommand);
        awaitReady(config(), etcd, apiServer, startTimeout);
    }

    @Override
    Path folder() {
        return folder;
    }

    @Override
    public String description() {
        return "Kubernetes " + binaries.version();
    }

    @Override
    public List<String> limits() {
        return List.of(
                "Nothing deletes owned objects or the contents of namespaces: no controller manager runs.",
                "Pods are stored but not started: no node runs.");
    }

    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Optional<Path> kubectl() {
        return Optional.of(binaries.program("kubectl"));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
            kill();
            ledger.close();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    /** The data is thrown away, so nothing is gained by the seconds a graceful end takes. */
    private synchronized void kill() {
        apiServer.kill();
        etcd.kill();
    }
}
