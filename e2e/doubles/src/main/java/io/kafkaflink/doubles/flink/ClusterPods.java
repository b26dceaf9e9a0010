package io.kafkaflink.doubles.flink;

/** Where the pods of a cluster of processes, or of a simulated one, are to be seen. */
public interface ClusterPods {

    /** Creates the pod, or replaces its status. */
    void put(DeploymentKey key, ClusterPod pod);

    /** Deletes it; one that is not there counts as deleted. */
    void deletePod(DeploymentKey key, String pod);
}
