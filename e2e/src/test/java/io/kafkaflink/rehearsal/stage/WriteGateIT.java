package io.kafkaflink.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.rehearsal.stage.WriteGate.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate between a client and a real API server. */
@RequiresKubeApi
class WriteGateIT {
    @TempDir
    Path folder;

    private final AtomicInteger struck = new AtomicInteger();
    private WriteGate gate;
    private KubernetesClient client;

    @BeforeEach
    void open(KubeApi api, TestNamespace namespace) throws Exception {
        // As the operator's: with a token, not with a client certificate, which only the gate could present.
        gate = WriteGate.open(api.kubeconfigFile("default", account(api)));
        Config config = Config.fromKubeconfig(Files.readString(gate.kubeconfig(folder.resolve("gated"))));
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .withNamespace(namespace.name())
                        .build())
                .build();
    }

    /** An account that may do everything. */
    private static String account(KubeApi api) {
        api.client()
                .load(WriteGateIT.class.getResourceAsStream("/gate-account.yaml"))
                .serverSideApply();
        return "gated";
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        gate.close();
    }

    private ConfigMap create(String name) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void createAndFail(String name) {
        try {
            create(name);
        } catch (KubernetesClientException cut) {
            return;
        }
        throw new AssertionError(name + " was created as if nothing were in between");
    }

    private boolean exists(String name) {
        return client.configMaps().withName(name).get() != null;
    }

    @Test
    @DisplayName("writes are counted and pass; reads and watches pass and do not count")
    void counts() {
        try (SharedIndexInformer<ConfigMap> watch = client.configMaps().inform()) {
            gate.reset();
            create("one");
            assertThat(exists("one")).isTrue();
            await().until(() -> watch.getStore().list().stream()
                    .anyMatch(seen -> seen.getMetadata().getName().equals("one")));

            assertThat(gate.writes()).singleElement().asString().startsWith("POST /api/v1/namespaces/");
        }
    }

    @Test
    @DisplayName("before the second write something strikes once, and the API server never gets it")
    void before() {
        gate.arm(Set.of(2), Side.BEFORE, struck::addAndGet);
        create("one");
        createAndFail("two");

        assertThat(exists("two")).isFalse();
        create("two");
        assertThat(struck).hasValue(2);
    }

    @Test
    @DisplayName("after the first write something strikes, and its answer never arrives although it was done")
    void after() {
        gate.arm(Set.of(1), Side.AFTER, struck::addAndGet);
        createAndFail("one");

        assertThat(exists("one")).isTrue();
        assertThat(struck).hasValue(1);
    }
}
