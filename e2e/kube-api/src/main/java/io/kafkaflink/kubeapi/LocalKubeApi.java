package io.kafkaflink.kubeapi;

import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * etcd and kube-apiserver as child processes. Binaries and certificates are those of kube-api-test; the processes are
 * our own, because kube-api-test's listen on all interfaces, cannot be told to skip fsync, and hide their ids and data
 * folders, without which nobody can clean up after a killed run.
 */
final class LocalKubeApi extends KubeApi {

    private static final int PORT_ATTEMPTS = 3;
    private static final Duration POLL = Duration.ofMillis(50);

    private final KubeApiBinaries.Available binaries;
    private final RunFolder run;
    private final ServerProcess etcd;
    private final ServerProcess apiServer;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::stop, "kube-api-stop");

    private LocalKubeApi(
            KubeApiBinaries.Available binaries,
            RunFolder run,
            ServerProcess etcd,
            ServerProcess apiServer,
            Kubeconfig kubeconfig) {
        super(kubeconfig);
        this.binaries = binaries;
        this.run = run;
        this.etcd = etcd;
        this.apiServer = apiServer;
        this.client = newClient();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static LocalKubeApi start(KubeApiBinaries.Available binaries, KubeApiOptions options, Path root) {
        for (int attempt = 1; ; attempt++) {
            Optional<LocalKubeApi> started = tryStart(binaries, options, root, attempt == PORT_ATTEMPTS);
            if (started.isPresent()) {
                return started.get();
            }
        }
    }

    /** Empty when another process took a port between our look and the server's bind. */
    private static Optional<LocalKubeApi> tryStart(
            KubeApiBinaries.Available binaries, KubeApiOptions options, Path root, boolean lastAttempt) {
        RunFolder run = RunFolder.create(root);
        List<ServerProcess> started = new ArrayList<>();
        boolean ready = false;
        try {
            Path certificates = Files.createDirectory(run.resolve("certificates"));
            CertManager certs = new CertManager(certificates.toString());
            certs.createCertificatesIfNeeded();
            int etcdPort = freePort();
            int port = freePort();
            ServerProcess etcd = ServerProcess.start(run, "etcd", etcdCommand(binaries, options, run, etcdPort));
            started.add(etcd);
            ServerProcess apiServer = ServerProcess.start(
                    run, "kube-apiserver", apiServerCommand(binaries, options, certificates, certs, etcdPort, port));
            started.add(apiServer);
            Kubeconfig kubeconfig = Kubeconfig.withCertificates(
                    "https://127.0.0.1:" + port,
                    Path.of(certs.getAPIServerCertPath()),
                    Path.of(certs.getClientCertPath()),
                    Path.of(certs.getClientKeyPath()));
            if (!awaitReady(kubeconfig, etcd, apiServer, options.startTimeout(), lastAttempt)) {
                return Optional.empty();
            }
            LocalKubeApi api = new LocalKubeApi(binaries, run, etcd, apiServer, kubeconfig);
            ready = true;
            return Optional.of(api);
        } catch (IOException e) {
            throw new KubeApiException("cannot prepare the API server in " + run.path(), e);
        } finally {
            if (!ready) {
                started.forEach(ServerProcess::close);
                run.close();
            }
        }
    }

    private static List<String> etcdCommand(
            KubeApiBinaries.Available binaries, KubeApiOptions options, RunFolder run, int port) throws IOException {
        String peer = "http://127.0.0.1:" + freePort();
        List<String> command = new ArrayList<>(List.of(
                binaries.program("etcd").toString(),
                "--name=default",
                "--data-dir=" + run.resolve("etcd"),
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
            Path certificates,
            CertManager certs,
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
                "--cert-dir=" + certificates,
                "--client-ca-file=" + certs.getClientCertPath(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + certs.getAPIServerKeyPath(),
                "--service-account-key-file=" + certs.getAPIServerKeyPath(),
                // It waits for token Secrets and default accounts that only a controller manager makes.
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged=true"));
        command.addAll(options.apiServerFlags());
        return command;
    }

    private static boolean awaitReady(
            Kubeconfig kubeconfig, ServerProcess etcd, ServerProcess apiServer, Duration limit, boolean lastAttempt) {
        Instant deadline = Instant.now().plus(limit);
        Config config = new ConfigBuilder(kubeconfig.config())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(5_000)
                .build();
        try (KubernetesClient probe =
                new KubernetesClientBuilder().withConfig(config).build()) {
            while (!isReady(probe)) {
                for (ServerProcess server : List.of(etcd, apiServer)) {
                    if (server.lostItsPort() && !lastAttempt) {
                        return false;
                    }
                    if (!server.isAlive()) {
                        throw server.failure("ended while starting");
                    }
                }
                if (Instant.now().isAfter(deadline)) {
                    throw apiServer.failure("is not ready after " + limit.toSeconds() + " s");
                }
                Thread.sleep(POLL.toMillis());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubeApiException("interrupted while the API server was starting", e);
        }
    }

    private static boolean isReady(KubernetesClient probe) {
        try {
            return "ok".equals(probe.raw("/readyz"))
                    && probe.namespaces().withName("default").get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ids of the child processes, etcd first. */
    List<Long> pids() {
        return List.of(etcd.pid(), apiServer.pid());
    }

    @Override
    Path folder() {
        return run.path();
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
        if (stop()) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    /** True for the first caller, the one that really stops. */
    private boolean stop() {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            client.close();
            apiServer.close();
            etcd.close();
            run.close();
        }
        return first;
    }
}
