package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everything that keeps the pods of one FlinkDeployment from starting. */
final class PodTroubles {
    private PodTroubles() {}

    /**
     * From the pods, by name, and from FKO's error what they do not say.
     *
     * @param job empty when there is no FlinkDeployment (any more)
     */
    static List<PodTrouble> of(Collection<Pod> pods, Optional<FlinkJobState> job, String namespace) {
        List<PodTrouble> found = new ArrayList<>(pods.stream()
                .map(PodReader::trouble)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(PodTrouble::pod))
                .toList());
        job.flatMap(deployment -> reported(deployment, namespace))
                .filter(reported ->
                        found.stream().noneMatch(known -> known.reason().equals(reported.reason())))
                .ifPresent(found::add);
        return found;
    }

    private static Optional<PodTrouble> reported(FlinkJobState job, String namespace) {
        return Optional.ofNullable(job.error())
                .filter(error -> error.type().startsWith("DeploymentFailed"))
                .flatMap(error -> PodFault.ofError(error)
                        .map(fault -> fault.of(job.name(), "Pods of " + job.reference(namespace), error.message())));
    }
}
