package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.operator.observe.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The overlays, built by kubectl and applied to a real API server. */
@RequiresKubeApi
class InstallationIT {
    private KubeApi api;

    @BeforeEach
    void cluster() {
        api = KubeApi.start(KubeApiBinaries.standard().prepare().orThrow());
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    @DisplayName("cluster: everything is accepted, with ClusterRoles, and the pod fits the restricted policy")
    void wholeCluster() throws IOException, InterruptedException {
        List<HasMetadata> objects = install("cluster");

        assertThat(objects.stream().map(HasMetadata::getKind))
                .contains("CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding", "Deployment");
        Deployment deployment = deployment(objects);
        assertRestricted(deployment.getSpec().getTemplate().getSpec());
        assertThat(settings(deployment)).doesNotContainKey("KAFKAFLINK_WATCH_NAMESPACES");
    }

    @Test
    @DisplayName("namespaced: Roles only, and they suffice for a pipeline whose topics are in another namespace")
    void oneNamespace() throws IOException, InterruptedException {
        for (String namespace : List.of("streaming", "kafka")) {
            api.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        List<HasMetadata> objects = install("namespaced");
        assertThat(objects.stream().map(HasMetadata::getKind)).doesNotContain("ClusterRole", "ClusterRoleBinding");

        World world = World.with(api, account());
        world.installStrimziAndFlink();
        Site site = new Site(world, "streaming").withTopicOperator("kafka");
        try {
            site.settings.putAll(settings(deployment(objects)));
            site.withOperator();
            site.apply(
                    "clicks",
                    PipelineText.named("clicks")
                            .yaml()
                            .replace(
                                    "topicOperator: {cluster: prod}",
                                    "topicOperator: {cluster: prod, namespace: kafka}"));
            site.awaitReady("clicks");
            assertThat(site.all(Definition.KAFKA_TOPIC)
                            .inNamespace("kafka")
                            .list()
                            .getItems())
                    .hasSize(2);
        } finally {
            site.close();
            world.flinkOperator.close();
        }
    }

    private List<HasMetadata> install(String overlay) throws IOException, InterruptedException {
        Process kubectl = new ProcessBuilder(
                        api.kubectl().orElseThrow().toString(),
                        "kustomize",
                        Path.of("../k8s/overlays", overlay).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<HasMetadata> objects = api.client().load(kubectl.getInputStream()).items();
        assertThat(kubectl.waitFor()).isZero();
        objects.forEach(object -> api.client().resource(object).serverSideApply());
        return objects;
    }

    private io.fabric8.kubernetes.client.Config account() {
        try (KubernetesClient account = api.serviceAccountClient("streaming", ShippedRights.ACCOUNT)) {
            return account.getConfiguration();
        }
    }

    private static Deployment deployment(List<HasMetadata> objects) {
        return objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Settings of the shipped Deployment that do not concern the pod itself. */
    private static Map<String, String> settings(Deployment deployment) {
        return container(deployment.getSpec().getTemplate().getSpec()).getEnv().stream()
                .filter(variable -> variable.getName().endsWith("_NAMESPACES"))
                .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
    }

    private static void assertRestricted(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        Container container = container(pod);
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    }

    private static Container container(PodSpec pod) {
        return pod.getContainers().get(0);
    }
}
