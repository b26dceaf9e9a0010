package io.kafkaflink.doubles.flink;

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
}
