package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the operator reads from resources, for tests in other packages. */
public final class Observed {
    private Observed() {}

    /** A FlinkDeployment as the planner sees it. */
    public static FlinkJobState flinkJob(GenericKubernetesResource deployment) {
        return FlinkDeploymentReader.read(deployment);
    }

    /** What keeps the pods of a FlinkDeployment from starting. */
    public static List<PodTrouble> podTroubles(Collection<Pod> pods, Optional<FlinkJobState> job, String namespace) {
        return PodTroubles.of(pods, job, namespace);
    }

    /** A handover ConfigMap as the planner sees it. */
    public static HandoverState handover(ConfigMap configMap) {
        return HandoverReader.read(configMap);
    }
}
