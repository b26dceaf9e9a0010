package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;

/** Pods as resources of the API server that no kubelet looks at: what they say is what the double writes. */
final class ApiServerPods implements ClusterPods {

    private final KubernetesClient client;

    ApiServerPods(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void put(DeploymentKey key, ClusterPod pod) {
        PodResource resource = resource(key, pod.name());
        Pod current = resource.get();
        if (current == null) {
            current = client.resource(pod.resource(key)).create();
        }
        Pod next = new PodBuilder(current)
                .withStatus(pod.resource(key).getStatus())
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
}
