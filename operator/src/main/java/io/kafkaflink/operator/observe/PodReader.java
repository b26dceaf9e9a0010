package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the pods of Flink's native mode: JobManagers and TaskManagers. */
public final class PodReader {
    /** Flink gives these labels to all pods of a cluster; {@code app} holds the name of the FlinkDeployment. */
    public static final String SELECTOR = "type=flink-native-kubernetes";

    static final String SCHEDULED = "PodScheduled";
    private static final String APP = "app";
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private PodReader() {}

    /** Name of the FlinkDeployment. */
    public static Optional<String> deployment(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get(APP));
    }

    /** Whether the change of a pod is worth a look: its trouble comes, goes or becomes another, or its end. */
    public static boolean differ(Pod before, Pod after) {
        return !Objects.equals(trouble(before), trouble(after)) || alive(before) != alive(after);
    }

    /** Whether processes may still run in it; one that is being deleted counts until it is gone. */
    static boolean alive(Pod pod) {
        return pod.getStatus() == null
                || !OVER.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    /** What keeps a pod from starting, empty when nothing is known to. */
    static Optional<PodTrouble> trouble(Pod pod) {
        if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return unschedulable(pod).or(() -> containers(pod)
                .map(container -> waiting(pod, container))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Optional<PodTrouble> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> SCHEDULED.equals(condition.getType())
                        && "False".equals(condition.getStatus())
                        && "Unschedulable".equals(condition.getReason()))
                .findFirst()
                .map(condition ->
                        PodFault.UNSCHEDULABLE.of(pod.getMetadata().getName(), reference(pod), condition.getMessage()));
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(List::stream)
                .filter(container ->
                        container.getState() != null && container.getState().getWaiting() != null);
    }

    private static Optional<PodTrouble> waiting(Pod pod, ContainerStatus container) {
        var state = container.getState().getWaiting();
        return PodFault.ofContainer(state.getReason())
                .map(fault -> fault.of(
                        pod.getMetadata().getName(),
                        reference(pod) + ", container " + container.getName() + ": " + state.getReason(),
                        state.getMessage()));
    }

    private static String reference(Pod pod) {
        return "Pod " + pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getName();
    }
}
