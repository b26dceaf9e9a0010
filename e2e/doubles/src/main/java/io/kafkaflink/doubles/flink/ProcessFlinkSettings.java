package io.kafkaflink.doubles.flink;

import io.kafkaflink.processes.FlinkMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How FlinkDeployments become processes of this machine.
 *
 * @param folder everything of a FlinkDeployment lies in {@code <folder>/<namespace>/<name>}
 * @param images known images; any other one ends in ErrImagePull
 * @param memory of the processes, instead of the pods' resources
 * @param kubeconfigs (namespace, service account) to the kubeconfig that the job's pods would have
 * @param pullFailure until an unknown image shows as ErrImagePull
 * @param submitGrace how long after its first answer a JobManager without a job still counts as starting; longer than
 *     main() usually takes
 * @param unansweredCallsTimeOut REST calls to a JobManager that is away hang until their time-out, as to a pod that is
 *     gone; on loopback they would be refused at once
 */
public record ProcessFlinkSettings(
        Path folder,
        Map<String, FlinkImage> images,
        FlinkMemory memory,
        BiFunction<String, String, Path> kubeconfigs,
        Duration pullFailure,
        Duration submitGrace,
        boolean unansweredCallsTimeOut) {

    public ProcessFlinkSettings {
        images = Map.copyOf(images);
    }

    /** The usual ones. */
    public static ProcessFlinkSettings of(
            Path folder, Map<String, FlinkImage> images, BiFunction<String, String, Path> kubeconfigs) {
        return new ProcessFlinkSettings(
                folder, images, FlinkMemory.SMALL, kubeconfigs, Duration.ofMillis(500), Duration.ofSeconds(8), true);
    }
}
