package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.kafkaflink.processes.ProcessLedger;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/** fabric8's mock server in CRUD mode with server-side apply: enough for a rehearsal, proof of nothing. */
final class InMemoryKubeApi extends KubeApi {

    private final ProcessLedger ledger;
    private final Path folder;
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private InMemoryKubeApi(ProcessLedger ledger, KubernetesMockServer server) {
        super(Kubeconfig.plain("http://127.0.0.1:" + server.getPort()));
        this.ledger = ledger;
        this.folder = ledger.createFolder("kube-api");
        this.server = server;
        this.client = newClient();
    }

    static InMemoryKubeApi start(ProcessLedger ledger) {
        Map<ServerRequest, Queue<ServerResponse>> fixed = new HashMap<>();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                fixed,
                new ApplyDispatcher(fixed),
                false,
                new VersionInfo.Builder()
                        .withMajor("1")
                        .withMinor("34")
                        .withGitVersion("v1.34.0-in-memory")
                        .build());
        server.init(InetAddress.getLoopbackAddress(), 0);
        return new InMemoryKubeApi(ledger, server);
    }

    @Override
    public String description() {
        return "in-memory Kubernetes API";
    }

    @Override
    public List<String> limits() {
        return List.of(
                "No schema: unknown fields and wrong types are stored, defaults are not filled in.",
                "No validation rules (CEL): what a cluster refuses is accepted.",
                "No RBAC: every client may do everything, tokens and impersonation are ignored.",
                "No garbage collection: owned objects stay when their owner goes.",
                "Server-side apply sees no conflicts between managers and replaces every list as a whole.",
                "No kubectl: discovery is too thin for it.");
    }

    @Override
    public boolean isReal() {
        return false;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Optional<Path> kubectl() {
        return Optional.empty();
    }

    @Override
    public void killServer() {
        throw new UnsupportedOperationException("the in-memory API server keeps nothing that outlives it");
    }

    @Override
    public void startServer() {
        throw new UnsupportedOperationException("the in-memory API server cannot be started a second time");
    }

    @Override
    Path folder() {
        return folder;
    }

    @Override
    Kubeconfig withToken(String namespace, String serviceAccount) {
        return Kubeconfig.plain(url());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
            server.destroy();
            ledger.close();
        }
    }
}
