package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One FlinkDeployment on an API server, as a test looks at it and changes it. */
record DeployedFlink(KubernetesClient client, String namespace, String name) {

    /** Generation, observed generation, lifecycle, job, JobManager, last reconciled state and mode. */
    String brief() {
        FlinkDeployment found =
                FlinkResources.deployment(Objects.requireNonNull(resource().get(), "it is gone"));
        return found.status()
                .map(s -> found.generation() + "/"
                        + s.observedGeneration().orElse(-1) + " " + s.lifecycle() + " "
                        + s.job().state().map(Enum::name).orElse("-") + " " + s.jobManager() + " "
                        + s.reconciliation()
                                .lastReconciled()
                                .map(DeployedFlink::brief)
                                .orElse("-"))
                .orElse("none");
    }

    FlinkStatus status() {
        return FlinkResources.deployment(resource().get()).status().orElse(FlinkStatus.NONE);
    }

    List<StateSnapshot> upgradeSnapshots() {
        return client
                .genericKubernetesResources(FlinkResources.SNAPSHOTS)
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(FlinkResources::snapshot)
                .filter(StateSnapshot::upgradeKind)
                .toList();
    }

    Optional<ConfigMap> haConfigMap(String jobId) {
        return Optional.ofNullable(client.configMaps()
                .inNamespace(namespace)
                .withName(name + "-" + jobId + "-config-map")
                .get());
    }

    /** Ids in the HA ConfigMap of the current job, smallest first. */
    List<Long> checkpointIds() {
        return status().job().jobId().flatMap(this::haConfigMap).stream()
                .flatMap(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()).keySet().stream())
                .filter(key -> key.matches("checkpointID-\\d{19}"))
                .map(key -> Long.parseLong(key.substring("checkpointID-".length())))
                .sorted()
                .toList();
    }

    /** JSON merge patch with single quotes. */
    void patch(String json) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), json.replace('\'', '"'));
    }

    Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(FlinkResources.DEPLOYMENTS)
                .inNamespace(namespace)
                .withName(name);
    }

    private static String brief(ReconciledSpec reconciled) {
        return reconciled.spec().state().text() + "/"
                + reconciled.spec().upgradeMode().text();
    }
}
