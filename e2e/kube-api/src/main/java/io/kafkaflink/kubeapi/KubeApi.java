package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A running Kubernetes API on a free loopback port, for one owner process. {@link #close} stops it and leaves nothing;
 * what a killed owner leaves is removed at the next start on this machine.
 */
public abstract sealed class KubeApi implements AutoCloseable permits LocalKubeApi, InMemoryKubeApi {

    private static final Duration TOKEN_LIFE = Duration.ofDays(1);

    private final Kubeconfig administrator;

    KubeApi(Kubeconfig administrator) {
        this.administrator = administrator;
    }

    /** Starts etcd and kube-apiserver and returns when requests are served. */
    public static KubeApi start(KubeApiBinaries.Available binaries, KubeApiOptions options) {
        return LocalKubeApi.start(binaries, options, ProcessLedger::open);
    }

    /** Starts etcd and kube-apiserver with {@link KubeApiOptions#defaults}. */
    public static KubeApi start(KubeApiBinaries.Available binaries) {
        return start(binaries, KubeApiOptions.defaults());
    }

    /** The fallback where no binaries can be had; {@link #limits} says what it does not do. */
    public static KubeApi inMemory() {
        return InMemoryKubeApi.start(ProcessLedger.open());
    }

    /** {@code Kubernetes 1.34.4} or {@code in-memory Kubernetes API}, for people. */
    public abstract String description();

    /** What this API does not do although a cluster does, one sentence each, for people. */
    public abstract List<String> limits();

    /** False only for the in-memory fallback. */
    public abstract boolean isReal();

    /** One shared client of a cluster administrator; closed with this API, not by callers. */
    public abstract KubernetesClient client();

    /** The kubectl that fits, if there is one. */
    public abstract Optional<Path> kubectl();

    /**
     * Ends the API server at once, as a lost machine would; what is stored stays.
     *
     * @throws UnsupportedOperationException by the in-memory fallback, whose objects would be lost
     */
    public abstract void killServer();

    /**
     * Starts the API server again after {@link #killServer}, on the same port and data; returns when requests are
     * served.
     *
     * @throws UnsupportedOperationException by the in-memory fallback
     */
    public abstract void startServer();

    /** Where the files of this API live until {@link #close}. */
    abstract Path folder();

    /** Stops the API and deletes its files; the second call does nothing. */
    @Override
    public abstract void close();

    /** {@code https://127.0.0.1:<port>}. */
    public String url() {
        return administrator.cluster().getServer();
    }

    /** Client configuration of a cluster administrator. */
    public Config config() {
        return administrator.config();
    }

    /** A new administrator's client that the caller closes. */
    public KubernetesClient newClient() {
        return clientOf(config());
    }

    /** A new client that acts as somebody else (API server impersonation); the caller closes it. */
    public KubernetesClient impersonating(String user, String... groups) {
        return clientOf(new ConfigBuilder(config())
                .withImpersonateUsername(user)
                .withImpersonateGroups(groups)
                .build());
    }

    /** A new client with a real token of an existing ServiceAccount, valid for a day; the caller closes it. */
    public KubernetesClient serviceAccountClient(String namespace, String serviceAccount) {
        return clientOf(withToken(namespace, serviceAccount).config());
    }

    /** An administrator's kubeconfig as YAML, with all certificates in it. */
    public String kubeconfig() {
        return administrator.yaml();
    }

    /** {@link #kubeconfig} as a file that lives until {@link #close}. */
    public Path kubeconfigFile() {
        return administrator.writeTo(folder().resolve("admin.kubeconfig"));
    }

    /** A kubeconfig file with a real token of an existing ServiceAccount, valid for a day, living until close. */
    public Path kubeconfigFile(String namespace, String serviceAccount) {
        return withToken(namespace, serviceAccount)
                .writeTo(folder().resolve(namespace + "." + serviceAccount + ".kubeconfig"));
    }

    /** A credential of the ServiceAccount; the in-memory API knows no tokens and gives the administrator's. */
    Kubeconfig withToken(String namespace, String serviceAccount) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_LIFE.toSeconds())
                .endSpec()
                .build();
        try {
            TokenRequest granted = client().serviceAccounts()
                    .inNamespace(namespace)
                    .withName(serviceAccount)
                    .tokenRequest(request);
            return administrator.withToken(serviceAccount, granted.getStatus().getToken());
        } catch (KubernetesClientException e) {
            throw new KubeApiException(
                    "no token for ServiceAccount " + namespace + "/" + serviceAccount + " (does it exist?): "
                            + e.getMessage(),
                    e);
        }
    }

    private static KubernetesClient clientOf(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
