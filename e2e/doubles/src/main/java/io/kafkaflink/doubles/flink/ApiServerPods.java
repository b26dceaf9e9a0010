package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.Locale;

/** Pods as resources of the API server that no kubelet looks at: what they say is what the double writes. */
final class ApiServerPods implements ClusterPods {

    private static final String CONTAINER = "flink-main-container";

    private final KubernetesClient client;

    ApiServerPods(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void put(DeploymentKey key, ClusterPod pod) {
        PodResource resource = resource(key, pod.name());
        Pod current = resource.get();
        if (current == null) {
            current = client.resource(describe(key, pod)).create();
        }
        Pod next = new PodBuilder(current)
                .editOrNewStatus()
                .withPhase(pod.ready() ? "Running" : "Pending")
                .withContainerStatuses(container(pod))
                .endStatus()
                .build();
        if (!next.equals(current)) {
            next.getMetadata().setResourceVersion(null);
            client.resource(next).updateStatus();
        }
    }

    @Override
    public void deletePod(DeploymentKey key, String pod) {
        resource(key, pod).withGracePeriod(0).delete();
    }

    private PodResource resource(DeploymentKey key, String name) {
        return client.pods().inNamespace(key.namespace()).withName(name);
    }

    private static Pod describe(DeploymentKey key, ClusterPod pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(pod.name())
                .addToLabels("app", key.name())
                .addToLabels("component", pod.role().name().toLowerCase(Locale.ROOT))
                .addToLabels("type", "flink-native-kubernetes")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(CONTAINER)
                .withImage("not-pulled")
                .endContainer()
                .endSpec()
                .build();
    }

    private static ContainerStatus container(ClusterPod pod) {
        ContainerStateBuilder state = new ContainerStateBuilder();
        if (pod.ready()) {
            state.withNewRunning().endRunning();
        } else {
            state.withNewWaiting()
                    .withReason(
                            pod.waiting().map(RuntimeFacts.PodTrouble::reason).orElse("ContainerCreating"))
                    .withMessage(
                            pod.waiting().map(RuntimeFacts.PodTrouble::message).orElse(null))
                    .endWaiting();
        }
        return new ContainerStatusBuilder()
                .withName(CONTAINER)
                .withImage("not-pulled")
                .withImageID("")
                .withReady(pod.ready())
                .withRestartCount(0)
                .withState(state.build())
                .build();
    }
}
