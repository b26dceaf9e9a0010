package io.kafkaflink.doubles.flink;

import java.util.Map;
import java.util.Optional;

/**
 * What Kubernetes, Flink and jobs keep on the API server for a simulated cluster. With real processes the jobs do their part
 * themselves.
 */
public interface ClusterObjects extends HaConfigMaps, ClusterPods {

    /** Data of the handover ConfigMap {@code <name>-handover}; empty when there is none. */
    Optional<Map<String, String>> handover(DeploymentKey key);

    /** The job writes one key of it; nothing happens when the ConfigMap is not there. */
    void report(DeploymentKey key, String dataKey, String value);
}
