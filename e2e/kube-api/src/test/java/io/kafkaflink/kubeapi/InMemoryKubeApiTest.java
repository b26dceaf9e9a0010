package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemoryKubeApiTest {

    private KubeApi api;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path root) {
        api = InMemoryKubeApi.start(ProcessLedger.open(root));
        client = api.client();
        Crowds.define(client);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsAndMergesByServerSideApply() {
        GenericKubernetesResource created = Crowds.apply(client, "default", 3);
        assertThat(created.<Integer>get("spec", "size")).isEqualTo(3);
        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);

        GenericKubernetesResource grown = Crowds.apply(client, "default", 4);
        assertThat(grown.<Integer>get("spec", "size")).isEqualTo(4);
        assertThat(grown.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(grown.getMetadata().getManagedFields()).singleElement().satisfies(entry -> {
            assertThat(entry.getManager()).isEqualTo("tester");
            assertThat(entry.getOperation()).isEqualTo("Apply");
            assertThat(entry.getFieldsV1().getAdditionalProperties()).containsKey("f:spec");
        });
    }

    @Test
    void aRepeatedApplyChangesNothing() {
        String version = Crowds.apply(client, "default", 3).getMetadata().getResourceVersion();

        assertThat(Crowds.apply(client, "default", 3).getMetadata().getResourceVersion())
                .isEqualTo(version);
    }

    @Test
    void aFieldNoLongerAppliedIsRemovedAndThoseOfOthersStay() {
        Crowds.apply(client, "default", "tester", Map.of("size", 3, "tags", Map.of("mine", "1")));
        Crowds.apply(client, "default", "other", Map.of("tags", Map.of("theirs", "2")));

        GenericKubernetesResource after = Crowds.apply(client, "default", 3);

        assertThat(after.<Map<String, String>>get("spec", "tags")).isEqualTo(Map.of("theirs", "2"));
        assertThat(after.getMetadata().getManagedFields())
                .extracting("manager")
                .containsExactlyInAnyOrder("tester", "other");
    }

    @Test
    void statusGoesThroughItsSubresourceOnly() {
        Crowds.apply(client, "default", 3);

        Crowds.applyStatus(client, "default", 5);
        Crowds.apply(client, "default", 4);

        GenericKubernetesResource stored = Crowds.get(client, "default");
        assertThat(stored.<Integer>get("status", "seen")).isEqualTo(5);
        assertThat(stored.<Integer>get("spec", "size")).isEqualTo(4);
        assertThat(stored.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void whatAStatusNoLongerSaysIsGone() {
        Crowds.apply(client, "default", 3);

        Crowds.applyStatus(client, "default", Map.of("seen", 5, "step", Map.of("name", "Go", "job", "1")));
        Crowds.applyStatus(client, "default", Map.of("seen", 5, "step", Map.of("name", "Arm")));
        assertThat(Crowds.get(client, "default").<Map<String, ?>>get("status", "step"))
                .isEqualTo(Map.of("name", "Arm"));
        Crowds.applyStatus(client, "default", Map.of("seen", 6));

        assertThat(Crowds.get(client, "default").<Map<String, ?>>get("status")).isEqualTo(Map.of("seen", 6));
    }

    @Test
    void statusOfAMissingObjectIsNotFound() {
        assertThatThrownBy(() -> Crowds.applyStatus(client, "default", 5)).hasMessageContaining("Not Found");
    }

    @Test
    void informersSeeWhatIsApplied() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (SharedIndexInformer<GenericKubernetesResource> informer = Crowds.inform(client, seen::add)) {
            Crowds.apply(client, "default", 3);
            Crowds.apply(client, "default", 4);

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> seen.equals(List.of(3, 4)));
        }
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(api.isReal()).isFalse();
        assertThat(String.join(" ", api.limits()))
                .contains("schema")
                .contains("CEL")
                .contains("RBAC")
                .contains("garbage");
        assertThat(api.kubectl()).isEmpty();
    }

    @Test
    void everyKindOfClientReachesIt() {
        Crowds.apply(client, "default", 3);
        try (KubernetesClient account = api.serviceAccountClient("default", "operator");
                KubernetesClient impersonated = api.impersonating("operator");
                KubernetesClient fromFile = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(
                                api.kubeconfigFile("default", "operator").toFile()))
                        .build()) {
            for (KubernetesClient each : new KubernetesClient[] {account, impersonated, fromFile}) {
                assertThat(Crowds.get(each, "default")).isNotNull();
            }
        }
    }
}
