package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * A pod of a Flink cluster, with the labels {@code app}, {@code component} and {@code type} that Flink gives it.
 *
 * @param ready its container runs
 * @param waiting why it does not, when the kubelet has more to say than {@code ContainerCreating}
 */
public record ClusterPod(String name, Role role, boolean ready, Optional<RuntimeFacts.PodTrouble> waiting) {

    /** Label {@code component}. */
    public enum Role {
        JOBMANAGER,
        TASKMANAGER
    }

    private static final String CONTAINER = "flink-main-container";

    /** As the API server would show it. */
    public Pod resource(DeploymentKey key) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(name)
                .addToLabels("app", key.name())
                .addToLabels("component", role.name().toLowerCase(Locale.ROOT))
                .addToLabels("type", "flink-native-kubernetes")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(CONTAINER)
                .withImage("not-pulled")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(ready ? "Running" : "Pending")
                .withContainerStatuses(container())
                .endStatus()
                .build();
    }

    private ContainerStatus container() {
        ContainerStateBuilder state = new ContainerStateBuilder();
        if (ready) {
            state.withNewRunning().endRunning();
        } else {
            state.withNewWaiting()
                    .withReason(waiting.map(RuntimeFacts.PodTrouble::reason).orElse("ContainerCreating"))
                    .withMessage(waiting.map(RuntimeFacts.PodTrouble::message).orElse(null))
                    .endWaiting();
        }
        return new ContainerStatusBuilder()
                .withName(CONTAINER)
                .withImage("not-pulled")
                .withImageID("")
                .withReady(ready)
                .withRestartCount(0)
                .withState(state.build())
                .build();
    }
}
