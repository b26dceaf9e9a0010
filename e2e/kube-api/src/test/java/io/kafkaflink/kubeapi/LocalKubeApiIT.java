package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.processes.ProcessFailedException;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server does and the in-memory one does not: schema, rules, roles, tokens. */
@RequiresKubeApi
class LocalKubeApiIT {

    private final KubeApi api;
    private final KubernetesClient client;

    LocalKubeApiIT(KubeApi api, KubernetesClient client) {
        this.api = api;
        this.client = client;
    }

    @Test
    void servesOnLoopbackOnlyAndKnowsItsVersion() {
        assertThat(api.url()).startsWith("https://127.0.0.1:");
        assertThat(api.isReal()).isTrue();
        assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v" + GoModule.kubernetesVersion());
    }

    @Test
    void everyTestHasANamespaceOfItsOwnNamedAfterIt(TestNamespace namespace) {
        assertThat(namespace.name()).matches("local-kube-api-it-\\d+");
        assertThat(client.namespaces().withName(namespace.name()).get()).isNotNull();
        assertThat(TestNamespace.create(client, "LocalKubeApiIT")).isNotEqualTo(namespace);
        assertThat(TestNamespace.create(client, "Größe!").name()).matches("gr-e-\\d+");
    }

    @Test
    void appliesACustomResourceByServerSideApplyAndEnforcesItsRules(TestNamespace namespace) {
        Crowds.define(client);

        GenericKubernetesResource stored = Crowds.apply(client, namespace.name(), 3);
        assertThat(stored.<Integer>get("spec", "size")).isEqualTo(3);
        assertThat(stored.<String>get("spec", "mood")).as("schema default").isEqualTo("calm");
        assertThat(stored.getMetadata().getManagedFields())
                .extracting("manager", "operation")
                .containsExactly(tuple("tester", "Apply"));

        String version = stored.getMetadata().getResourceVersion();
        assertThat(Crowds.apply(client, namespace.name(), 3).getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThatThrownBy(() -> Crowds.apply(client, namespace.name(), 2))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("a crowd may not shrink");
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleSaysAndNoMore(TestNamespace namespace) {
        bindConfigMapReader(namespace.name());
        try (KubernetesClient reader = api.serviceAccountClient(namespace.name(), "reader");
                KubernetesClient impersonated =
                        api.impersonating("system:serviceaccount:" + namespace + ":reader", "system:serviceaccounts")) {
            for (KubernetesClient limited : List.of(reader, impersonated)) {
                assertThat(limited.configMaps()
                                .inNamespace(namespace.name())
                                .list()
                                .getItems())
                        .isEmpty();
                assertThatThrownBy(() -> limited.configMaps()
                                .inNamespace(namespace.name())
                                .resource(configMap())
                                .create())
                        .hasMessageContaining("forbidden")
                        .hasMessageContaining("system:serviceaccount:" + namespace + ":reader");
            }
        }
    }

    @Test
    void theKubeconfigFilesWorkInOtherProcesses(TestNamespace namespace) throws Exception {
        bindConfigMapReader(namespace.name());
        Path kubectl = api.kubectl().orElseThrow();

        assertThat(run(kubectl, api.kubeconfigFile(), "auth", "whoami")).contains("system:masters");
        assertThat(run(kubectl, api.kubeconfigFile(namespace.name(), "reader"), "auth", "whoami"))
                .contains("system:serviceaccount:" + namespace + ":reader");
        try (KubernetesClient fromText = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build()) {
            assertThat(fromText.namespaces().withName(namespace.name()).get()).isNotNull();
        }
    }

    @Test
    void aTokenForAMissingServiceAccountIsRefusedWithItsName(TestNamespace namespace) {
        assertThatThrownBy(() -> api.serviceAccountClient(namespace.name(), "nobody"))
                .isInstanceOf(KubeApiException.class)
                .hasMessageContaining(namespace + "/nobody");
    }

    @Test
    void closeLeavesNeitherProcessesNorFiles(@TempDir Path root) {
        LocalKubeApi own = LocalKubeApi.start(
                KubeApiBinaries.standard().prepare().orThrow(),
                KubeApiOptions.defaults().withApiServerFlag("--v=1"),
                () -> ProcessLedger.open(root.resolve("with a space")));
        List<ProcessHandle> processes = own.pids().stream()
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
        assertThat(own.client().namespaces().withName("default").get()).isNotNull();

        own.close();
        own.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(own.folder()).doesNotExist();
    }

    @Test
    void aKilledServerComesBackOnItsPortWithItsDataAndTokens(@TempDir Path root) {
        try (LocalKubeApi own = LocalKubeApi.start(
                KubeApiBinaries.standard().prepare().orThrow(),
                KubeApiOptions.defaults(),
                () -> ProcessLedger.open(root))) {
            String url = own.url();
            List<Long> before = own.pids();
            own.client().resource(configMap()).inNamespace("default").create();
            own.client().resource(account()).inNamespace("default").create();
            try (KubernetesClient account = own.serviceAccountClient("default", "reader")) {
                own.killServer();
                assertThat(ProcessHandle.of(before.get(1))).isEmpty();

                own.startServer();

                assertThat(own.url()).isEqualTo(url);
                assertThat(own.pids()).startsWith(before.get(0)).doesNotContain(before.get(1));
                assertThat(own.client()
                                .configMaps()
                                .inNamespace("default")
                                .withName("notes")
                                .get())
                        .isNotNull();
                assertThatThrownBy(() ->
                                account.configMaps().inNamespace("default").list())
                        .as("known, and without rights as before")
                        .hasMessageContaining("forbidden");
            }
            assertThatThrownBy(own::startServer)
                    .isInstanceOf(KubeApiException.class)
                    .hasMessageContaining("still runs");
        }
    }

    @Test
    void aServerThatDoesNotStartFailsWithTheEndOfItsLogAndLeavesNothing(@TempDir Path root) {
        KubeApiOptions wrong = KubeApiOptions.defaults().withApiServerFlag("--no-such-flag=1");
        assertThatThrownBy(() -> LocalKubeApi.start(
                        KubeApiBinaries.standard().prepare().orThrow(), wrong, () -> ProcessLedger.open(root)))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("kube-apiserver")
                .hasMessageContaining("no-such-flag");
        assertThat(root).isDirectoryNotContaining(Files::isDirectory);
    }

    private void bindConfigMapReader(String namespace) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                        .addNewSubject("", "ServiceAccount", "reader", namespace)
                        .build())
                .create();
    }

    private static ServiceAccount account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .build();
    }

    private static ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("notes")
                .endMetadata()
                .withData(Map.of("a", "b"))
                .build();
    }

    private static String run(Path program, Path kubeconfig, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--kubeconfig=" + kubeconfig);
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
