package io.kafkaflink.doubles.flink;

import java.util.Optional;

/**
 * A FlinkStateSnapshot.
 *
 * @param created epoch milliseconds
 * @param trigger label {@code snapshot.trigger-type}, absent on manual ones until the operator labels them
 * @param path of spec for an existing savepoint, else of status
 * @param triggerId id of the running trigger
 */
public record StateSnapshot(
        String namespace,
        String name,
        String deployment,
        long created,
        Kind kind,
        Optional<String> trigger,
        boolean alreadyExists,
        boolean disposeOnDelete,
        boolean deleting,
        boolean hasFinalizer,
        Optional<State> state,
        Optional<String> path,
        Optional<String> error,
        Optional<String> triggerId,
        Optional<String> triggerTimestamp,
        Optional<String> resultTimestamp) {

    static final String FINALIZER = "flinkstatesnapshots.flink.apache.org/finalizer";

    /** What is taken. */
    public enum Kind {
        SAVEPOINT,
        CHECKPOINT
    }

    /** {@code status.state}. */
    public enum State {
        TRIGGER_PENDING,
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        ABANDONED
    }

    /** The one that the operator creates for the savepoint of a stop. */
    static StateSnapshot upgrade(DeploymentKey key, String path, long nowMillis) {
        return new StateSnapshot(
                key.namespace(),
                key.name() + "-savepoint-upgrade-" + nowMillis,
                key.name(),
                nowMillis,
                Kind.SAVEPOINT,
                Optional.of("UPGRADE"),
                true,
                false,
                false,
                false,
                Optional.empty(),
                Optional.of(path),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    boolean upgradeKind() {
        return trigger.filter("UPGRADE"::equals).isPresent();
    }

    StateSnapshot inProgress(String id, String at) {
        return copy(State.IN_PROGRESS, path, Optional.empty(), Optional.of(id), Optional.of(at), Optional.empty());
    }

    StateSnapshot completed(String result, String at) {
        Optional<String> begun = triggerTimestamp.isPresent() ? triggerTimestamp : Optional.of(at);
        return copy(State.COMPLETED, Optional.of(result), Optional.empty(), triggerId, begun, Optional.of(at));
    }

    StateSnapshot ended(State end, String message, String at) {
        return copy(end, path, Optional.of(message), triggerId, triggerTimestamp, Optional.of(at));
    }

    private StateSnapshot copy(
            State newState,
            Optional<String> newPath,
            Optional<String> newError,
            Optional<String> id,
            Optional<String> begun,
            Optional<String> done) {
        return new StateSnapshot(
                namespace,
                name,
                deployment,
                created,
                kind,
                trigger.or(() -> Optional.of("MANUAL")),
                alreadyExists,
                disposeOnDelete,
                deleting,
                hasFinalizer,
                Optional.of(newState),
                newPath,
                newError,
                id,
                begun,
                done);
    }
}
