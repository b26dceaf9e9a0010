package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.rehearsal.input.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The operator's service account with exactly the roles that users install it with: of the shipped manifests
 * everything is applied but what would start pods.
 *
 * @param namespace where the operator lives
 * @param name of its service account
 */
record OperatorAccount(String namespace, String name) {
    private static final Set<String> IDENTITY =
            Set.of("Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    /** Applies the manifests. */
    static OperatorAccount install(KubernetesClient client, List<Path> manifests) {
        List<HasMetadata> objects = new ArrayList<>();
        manifests.forEach(file -> objects.addAll(load(client, file)));
        List<HasMetadata> identity = objects.stream()
                .filter(object -> IDENTITY.contains(object.getKind()))
                .toList();
        HasMetadata account = identity.stream()
                .filter(object -> "ServiceAccount".equals(object.getKind()))
                .filter(object -> object.getMetadata().getName().contains("operator"))
                .findFirst()
                .orElseThrow(() -> new BadInputException("the operator's manifests " + manifests
                        + " hold no ServiceAccount with 'operator' in its name"));
        String namespace = account.getMetadata().getNamespace();
        ensureNamespace(client, namespace);
        identity.stream()
                .filter(object -> "Namespace".equals(object.getKind()))
                .forEach(object -> apply(client, object));
        identity.stream()
                .filter(object -> !"Namespace".equals(object.getKind()))
                .forEach(object -> apply(client, object));
        return new OperatorAccount(namespace, account.getMetadata().getName());
    }

    /** A kubeconfig with a real token of the account. */
    Path kubeconfig(KubeApi api) {
        return api.kubeconfigFile(namespace, name);
    }

    static void ensureNamespace(KubernetesClient client, String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).serverSideApply();
    }

    private static List<HasMetadata> load(KubernetesClient client, Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return client.load(yaml).items();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
