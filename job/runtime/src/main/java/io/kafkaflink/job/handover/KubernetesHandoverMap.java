package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.HandoverKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.kubeclient.FlinkKubeClient;
import org.apache.flink.kubernetes.kubeclient.FlinkKubeClientFactory;
import org.apache.flink.kubernetes.kubeclient.resources.KubernetesConfigMap;

/**
 * Through Flink's own Kubernetes client: it is in every image that runs natively on Kubernetes, has the credentials,
 * settings ({@code kubernetes.config.file}) and rights that Flink's high availability needs anyway, and adds nothing to the
 * job jar.
 */
final class KubernetesHandoverMap implements HandoverMap {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final String CLUSTER_ID = "kubernetes.cluster-id";

    private final String namespace;
    private final String name;
    private final FlinkKubeClient client;
    private final ExecutorService calls;

    private KubernetesHandoverMap(String namespace, String name, FlinkKubeClient client) {
        this.namespace = namespace;
        this.name = name;
        this.client = client;
        this.calls = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "handover-kubernetes");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The ConfigMap of the FlinkDeployment that this is; empty outside of Kubernetes. */
    static Optional<HandoverMap> of(Configuration flink) {
        // Asked by its name: outside of Kubernetes the class of the option need not be there.
        if (!flink.toMap().containsKey(CLUSTER_ID)) {
            return Optional.empty();
        }
        return Optional.of(new KubernetesHandoverMap(
                flink.get(KubernetesConfigOptions.NAMESPACE),
                HandoverKeys.configMapName(flink.get(KubernetesConfigOptions.CLUSTER_ID)),
                FlinkKubeClientFactory.getInstance().fromConfiguration(flink, "handover")));
    }

    @Override
    public String name() {
        return namespace + "/" + name;
    }

    @Override
    public Optional<Map<String, String>> read() throws IOException {
        return answer(() -> client.getConfigMap(name).map(KubernetesHandoverMap::data));
    }

    @Override
    public boolean write(String key, String value, Predicate<Map<String, String>> expected) throws IOException {
        if (read().isEmpty()) {
            return false;
        }
        return answer(() -> client.checkAndUpdateConfigMap(
                        name, map -> expected.test(data(map)) ? Optional.of(with(map, key, value)) : Optional.empty())
                .get());
    }

    private static Map<String, String> data(KubernetesConfigMap map) {
        return Map.copyOf(map.getData());
    }

    private static KubernetesConfigMap with(KubernetesConfigMap map, String key, String value) {
        map.getData().put(key, value);
        return map;
    }

    /** The client repeats what fails, with pauses; only a deadline here keeps a caller from waiting for all of them. */
    private <T> T answer(Callable<T> question) throws IOException {
        Future<T> answer = calls.submit(question);
        try {
            return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException nested ? nested.getCause() : e.getCause();
            throw new IOException("ConfigMap " + name() + ": " + cause, cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("ConfigMap " + name() + ": no answer within " + DEADLINE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("ConfigMap " + name() + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
        client.close();
    }
}
