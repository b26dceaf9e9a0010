package io.kafkaflink.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real API server of its own, and people's tools for it. */
final class Cluster implements AutoCloseable {
    private final KubeApi api =
            KubeApi.start(KubeApiBinaries.standard().prepare().orThrow());
    private final Command kubectl =
            new Command(List.of(api.kubectl().orElseThrow().toString()), Map.of("KUBECONFIG", kubeconfig()));

    Command kubectl() {
        return kubectl;
    }

    Command helm(Helm helm) {
        return helm.command(Map.of("KUBECONFIG", kubeconfig()));
    }

    KubeApi api() {
        return api;
    }

    KubernetesClient client() {
        return api.client();
    }

    void createNamespaces(String... names) {
        for (String name : names) {
            client().resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
    }

    /** What the API server says about objects, without keeping them. */
    Command.Outcome dryRun(String yaml) throws IOException, InterruptedException {
        return kubectl.runWith(
                yaml, "apply", "--server-side", "--dry-run=server", "--validate=strict", "--filename", "-");
    }

    /**
     * Serves a kind of another project whose definition is not here: name, labels and the like are checked, its spec is
     * not.
     */
    void serve(JsonNode object) {
        String[] groupVersion = object.path("apiVersion").asText().split("/");
        String kind = object.path("kind").asText();
        String plural = kind.toLowerCase(Locale.ROOT).replaceAll("y$", "ie") + "s";
        client().resource(new CustomResourceDefinitionBuilder()
                        .withNewMetadata()
                        .withName(plural + "." + groupVersion[0])
                        .endMetadata()
                        .withNewSpec()
                        .withGroup(groupVersion[0])
                        .withScope("Namespaced")
                        .withNewNames()
                        .withKind(kind)
                        .withPlural(plural)
                        .endNames()
                        .addNewVersion()
                        .withName(groupVersion[1])
                        .withServed(true)
                        .withStorage(true)
                        .withNewSchema()
                        .withNewOpenAPIV3Schema()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .endOpenAPIV3Schema()
                        .endSchema()
                        .endVersion()
                        .endSpec()
                        .build())
                .serverSideApply();
        awaitServed(plural + "." + groupVersion[0]);
    }

    /** Applies a file, after serving those of its kinds that are neither ours nor Kubernetes' own. */
    void apply(Path file) throws IOException, InterruptedException {
        for (JsonNode object : Repository.documents(Repository.text(file))) {
            if (!object.path("apiVersion").asText().matches("v1|apps/v1|kafkaflink.io/.*")) {
                serve(object);
            }
        }
        kubectl.run("apply", "--server-side", "--filename", file.toString()).orFail();
    }

    void awaitServed(String definition) {
        client().apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition)
                .waitUntilCondition(
                        found -> found != null
                                && found.getStatus() != null
                                && found.getStatus().getConditions() != null
                                && found.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        1,
                        TimeUnit.MINUTES);
    }

    private String kubeconfig() {
        return api.kubeconfigFile().toAbsolutePath().toString();
    }

    @Override
    public void close() {
        api.close();
    }
}
