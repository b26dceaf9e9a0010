package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Objects;

/** Keeps of Flink's pods what {@link PodReader} reads, a few hundred bytes instead of some ten thousand. */
public final class PodStore extends BasicItemStore<Pod> {

    public PodStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Pod put(String key, Pod pod) {
        return super.put(key, reduced(pod));
    }

    private static Pod reduced(Pod pod) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        return new PodBuilder()
                .withApiVersion(pod.getApiVersion())
                .withKind(pod.getKind())
                .withMetadata(identity(pod.getMetadata()))
                .withStatus(new PodStatusBuilder()
                        .withPhase(status.getPhase())
                        .withConditions(status.getConditions().stream()
                                .filter(condition -> PodReader.SCHEDULED.equals(condition.getType()))
                                .toList())
                        .withContainerStatuses(waiting(status.getContainerStatuses()))
                        .withInitContainerStatuses(waiting(status.getInitContainerStatuses()))
                        .build())
                .build();
    }

    private static List<ContainerStatus> waiting(List<ContainerStatus> containers) {
        return containers.stream()
                .filter(container ->
                        container.getState() != null && container.getState().getWaiting() != null)
                .map(container -> new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withNewState()
                        .withWaiting(container.getState().getWaiting())
                        .endState()
                        .build())
                .toList();
    }

    /** What tells an object and its versions apart. */
    static ObjectMeta identity(ObjectMeta metadata) {
        return new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withLabels(metadata.getLabels())
                .build();
    }
}
