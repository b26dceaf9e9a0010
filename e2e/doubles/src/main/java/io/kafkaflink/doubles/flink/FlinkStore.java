package io.kafkaflink.doubles.flink;

import java.util.List;
import java.util.Optional;

/** FlinkDeployments and FlinkStateSnapshots of the API server. Writes to something that is gone do nothing. */
public interface FlinkStore {

    /** One FlinkDeployment. */
    Optional<FlinkDeployment> deployment(DeploymentKey key);

    /** Replaces the whole status. */
    void writeStatus(DeploymentKey key, FlinkStatus status);

    /** Adds {@link FlinkDeployment#FINALIZER}. */
    void addFinalizer(DeploymentKey key);

    /** Removes {@link FlinkDeployment#FINALIZER}. */
    void removeFinalizer(DeploymentKey key);

    /** A Kubernetes Event on the FlinkDeployment. */
    void publish(DeploymentKey key, Effect.Publish event);

    /** Snapshots whose jobReference names the FlinkDeployment. */
    List<StateSnapshot> snapshots(DeploymentKey key);

    /** One snapshot. */
    Optional<StateSnapshot> snapshot(String namespace, String name);

    /** Creates a snapshot resource. */
    void create(StateSnapshot snapshot);

    /** Writes finalizer, labels and status of a snapshot. */
    void write(StateSnapshot snapshot);

    /** Deletes a snapshot resource. */
    void delete(StateSnapshot snapshot);

    /** Lets a snapshot that is being deleted go. */
    void removeFinalizer(StateSnapshot snapshot);
}
