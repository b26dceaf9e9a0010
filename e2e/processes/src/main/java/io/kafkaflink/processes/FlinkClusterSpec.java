package io.kafkaflink.processes;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one FlinkDeployment's Deployment and TaskManager pods would run.
 *
 * @param name of the FlinkDeployment; used in messages, process names and resource ids
 * @param distribution folder of jars as {@link Distribution#locate} knows it, for example {@code flink-2.2}
 * @param taskManagers how many; {@code taskmanager.numberOfTaskSlots} in the configuration gives their slots
 * @param configuration Flink configuration as in a FlinkDeployment; addresses, ports and memory are set here, and
 *     win. High availability on Kubernetes needs {@code high-availability.type: kubernetes},
 *     {@code high-availability.storageDir}, {@code kubernetes.cluster-id}, {@code kubernetes.namespace} and
 *     {@code kubernetes.config.file} (a kubeconfig)
 * @param environment variables of the containers
 * @param memory limits of the processes, instead of those of the pods
 */
public record FlinkClusterSpec(
        String name,
        String distribution,
        FlinkJob job,
        int taskManagers,
        Map<String, String> configuration,
        Map<String, String> environment,
        FlinkMemory memory) {
    /** @throws IllegalArgumentException when the configuration says where to restore from: the job does */
    public FlinkClusterSpec {
        configuration = new TreeMap<>(configuration);
        environment = Map.copyOf(environment);
        for (String key : configuration.keySet()) {
            // The standalone entry point overwrites these keys with its own options.
            if (key.startsWith("execution.state-recovery.") || key.startsWith("execution.savepoint.")) {
                throw new IllegalArgumentException(
                        "Flink configuration of " + name + ": " + key + " is set by the job's restoreFrom");
            }
        }
    }
}
