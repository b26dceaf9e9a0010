package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Objects;

/**
 * Which changes of a FlinkDeployment are worth a look. FKO rewrites the status every 15 s with times and resource use
 * that decide nothing.
 */
public final class FlinkDeploymentFilter {
    private FlinkDeploymentFilter() {}

    /** True when something that is read by {@link FlinkDeploymentReader} differs, resourceVersion aside. */
    public static boolean matters(GenericKubernetesResource before, GenericKubernetesResource after) {
        return !Objects.equals(significant(before), significant(after));
    }

    private static List<Object> significant(GenericKubernetesResource deployment) {
        FlinkJobState read = FlinkDeploymentReader.read(deployment);
        return java.util.Arrays.asList(
                read.generation(),
                read.revision(),
                read.mark(),
                deployment.getMetadata().getLabels(),
                read.deleting(),
                read.observedGeneration(),
                read.lifecycle(),
                read.reconciliation(),
                read.job(),
                read.jobManager(),
                read.jobId(),
                read.error(),
                read.lastReconciled(),
                read.upgradeSavepointPath());
    }
}
