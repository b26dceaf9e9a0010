package io.kafkaflink.doubles.flink;

import java.util.Optional;

/** One thing that the rules want done, in order. Nothing blocks: results come back as facts. */
public sealed interface Effect {

    /** Replace the status of the FlinkDeployment. */
    record WriteStatus(FlinkStatus status) implements Effect {}

    record AddFinalizer() implements Effect {}

    /** The last effect on a resource that is being deleted. */
    record RemoveFinalizer() implements Effect {}

    /** A Kubernetes Event on the FlinkDeployment; equal ones are counted, not repeated. */
    record Publish(boolean warning, String reason, String message, String component) implements Effect {}

    record CreateSnapshot(StateSnapshot snapshot) implements Effect {}

    record DeleteSnapshot(String name) implements Effect {}

    /** Stop the job with a savepoint below {@code directory}; answered by {@link RuntimeFacts#stop()}. */
    record Stop(String jobId, String directory) implements Effect {}

    /** Cancel the job, keep the JobManager; answered by job state CANCELED. */
    record Cancel(String jobId) implements Effect {}

    /** Delete the JobManager's Deployment and with it all pods; answered by ABSENT. */
    record Remove(boolean keepHaMetadata) implements Effect {}

    /** Start a cluster with the job. */
    record Deploy(Start start) implements Effect {}

    /**
     * What is started.
     *
     * @param generation of the FlinkDeployment
     * @param savepoint path to restore from
     * @param fromHaMetadata restore the same job id from its HA ConfigMap; {@code savepoint} is not given then
     */
    record Start(FlinkSpec spec, long generation, String jobId, Optional<String> savepoint, boolean fromHaMetadata) {}
}
