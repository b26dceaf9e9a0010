package io.kafkaflink.doubles.flink;

import java.time.Instant;
import java.util.Optional;

/** The Flink clusters of FlinkDeployments. No call blocks; results are facts, announced through {@link #onChange}. */
public interface FlinkRuntime {

    /** What is to be seen of a cluster now, asking its JobManager about one job. */
    RuntimeFacts look(DeploymentKey key, Optional<String> jobId);

    /** Stops the job with a savepoint below {@code directory}. */
    void stop(DeploymentKey key, String jobId, String directory);

    /** Cancels the job and keeps the JobManager. */
    void cancel(DeploymentKey key, String jobId);

    /** Removes JobManager and TaskManagers, and the HA metadata unless they are kept. */
    void remove(DeploymentKey key, boolean keepHaMetadata);

    /** Starts a cluster; the old one is gone. */
    void deploy(DeploymentKey key, Effect.Start start);

    /** Takes a savepoint below {@code directory} or a checkpoint of a running job. */
    void trigger(DeploymentKey key, String jobId, String triggerId, StateSnapshot.Kind kind, String directory);

    /** Path that a trigger has produced, empty while it runs. */
    Optional<String> triggered(DeploymentKey key, String triggerId);

    /** Deletes a savepoint's files through a live cluster. */
    void dispose(DeploymentKey key, String path);

    /** When something changes next by itself; empty for real clusters, whose changes are announced. */
    default Optional<Instant> nextChange() {
        return Optional.empty();
    }

    /** Lets everything happen that is due; nothing to do for real clusters. */
    default void advance() {}

    /** Who is told; progress of jobs is not announced. Set once, before anything is deployed. */
    void onChange(Listener listener);

    /** Told about changes, from any thread. */
    interface Listener {

        /** The JobManager's pod has become available, unavailable or troubled. */
        void podChanged(DeploymentKey key);

        /** A stop has ended, or a removal is complete. */
        void answered(DeploymentKey key);

        /** Something that was asked for failed in a way that is nobody's contract. */
        void failed(RuntimeException failure);
    }
}
