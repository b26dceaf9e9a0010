package io.kafkaflink.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.KubeApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The service account and the roles of {@code k8s/base}, as a user installs them. */
final class ShippedRights {
    static final String NAMESPACE = "kafkaflink";
    static final String ACCOUNT = "kafkaflink-operator";
    private static final Path BASE = Path.of("../k8s/base");
    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    private ShippedRights() {}

    /** Installs them and gives a connection with a real token of the account. */
    static Config install(KubeApi api) {
        return install(api, UnaryOperator.identity());
    }

    /** The same with every role changed, to show that each right is needed. */
    static Config install(KubeApi api, UnaryOperator<HasMetadata> change) {
        KubernetesClient client = api.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        objects(client)
                .forEach(object ->
                        client.resource(change.apply(object)).forceConflicts().serverSideApply());
        try (KubernetesClient account = api.serviceAccountClient(NAMESPACE, ACCOUNT)) {
            return account.getConfiguration();
        }
    }

    static List<HasMetadata> objects(KubernetesClient client) {
        List<HasMetadata> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASE)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try (InputStream yaml = Files.newInputStream(file)) {
                    objects.addAll(client.load(yaml).items());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects.stream()
                .filter(object -> KINDS.contains(object.getKind()))
                .toList();
    }
}
