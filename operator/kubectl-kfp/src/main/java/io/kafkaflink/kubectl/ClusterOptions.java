package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster and which namespace, as with kubectl. */
final class ClusterOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig to use; KUBECONFIG or the usual one.")
    private Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig to use.")
    private String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace of the pipeline; the context's by default.")
    private String namespace;

    KubernetesClient connect() {
        Config config = kubeconfig == null ? Config.autoConfigure(context) : fromFile();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .withKubernetesSerialization(ResourceSerialization.lenient())
                .build();
    }

    private Config fromFile() {
        if (!Files.isReadable(kubeconfig)) {
            throw new KfpFailure("--kubeconfig: found no readable file " + kubeconfig);
        }
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        if (context == null) {
            return config;
        }
        return config.getContexts().stream()
                .filter(named -> named.getName().equals(context))
                .findFirst()
                .map(named ->
                        new ConfigBuilder(config).withCurrentContext(named).build())
                .orElseThrow(() -> new KfpFailure("--context: found no context " + context + " in " + kubeconfig));
    }

    String namespace(KubernetesClient client) {
        if (namespace != null) {
            return namespace;
        }
        return client.getNamespace() == null ? "default" : client.getNamespace();
    }
}
