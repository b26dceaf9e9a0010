package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** What the operator reads from resources, for tests in other packages. */
public final class Observed {
    private Observed() {}

    /** A FlinkDeployment as the planner sees it. */
    public static FlinkJobState flinkJob(GenericKubernetesResource deployment) {
        return FlinkDeploymentReader.read(deployment);
    }
}
