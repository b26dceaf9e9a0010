package io.kafkaflink.doubles.flink;

import java.util.Map;

/**
 * Where a simulated Flink keeps the high-availability ConfigMap of a job, {@code <name>-<jobId>-config-map}. Real Flink
 * does it by itself.
 */
public interface HaConfigMaps {

    /** Creates or replaces {@code data}. */
    void put(DeploymentKey key, String name, Map<String, String> data);

    /** Deletes it; one that is not there counts as deleted. */
    void delete(DeploymentKey key, String name);

    /** Name for a job. */
    static String name(DeploymentKey key, String jobId) {
        return key.name() + "-" + jobId + "-config-map";
    }
}
