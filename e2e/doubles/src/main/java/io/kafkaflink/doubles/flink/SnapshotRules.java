package io.kafkaflink.doubles.flink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the operator does about one FlinkStateSnapshot (sequences 09 and 19). */
final class SnapshotRules {

    /** Outcome for one snapshot. */
    sealed interface Move {}

    /** Nothing, or nothing before the given time has passed. */
    record Rest(Optional<Duration> again) implements Move {}

    /** Write it with a new state; look again after {@code again}. */
    record Write(StateSnapshot snapshot, Optional<Duration> again) implements Move {}

    /** Trigger, and write it as in progress. */
    record Trigger(StateSnapshot snapshot, String jobId, String directory) implements Move {}

    /** Let the resource go, after its files have been deleted if it asks for that. */
    record LetGo(Optional<String> dispose) implements Move {}

    private final FlinkOperatorSettings settings;

    SnapshotRules(FlinkOperatorSettings settings) {
        this.settings = settings;
    }

    /**
     * Decides.
     *
     * @param deployment the FlinkDeployment that jobReference names
     * @param result path that the trigger has produced
     */
    Move decide(StateSnapshot snapshot, Optional<FlinkDeployment> deployment, Optional<String> result, Instant now) {
        if (snapshot.deleting()) {
            return deletion(snapshot, deployment);
        }
        if (snapshot.state()
                .filter(state -> state != StateSnapshot.State.IN_PROGRESS)
                .isPresent()) {
            return new Rest(Optional.empty());
        }
        String at = now.toString();
        if (snapshot.alreadyExists()) {
            return new Write(snapshot.completed(snapshot.path().orElseThrow(), at), Optional.empty());
        }
        if (snapshot.state().isPresent()) {
            return progress(snapshot, result, now);
        }
        Optional<FlinkDeployment> running = deployment.filter(SnapshotRules::runs);
        if (running.isEmpty()) {
            String message = "Secondary resource " + snapshot.deployment() + " (FlinkDeployment) for savepoint "
                    + snapshot.name() + " is not running";
            return new Write(snapshot.ended(StateSnapshot.State.ABANDONED, message, at), Optional.empty());
        }
        return new Trigger(
                snapshot.inProgress(snapshot.name() + "-" + now.toEpochMilli(), at),
                running.get().status().flatMap(status -> status.job().jobId()).orElseThrow(),
                SpecValidation.savepointDirectory(running.get().spec()).orElse(""));
    }

    /** The result is looked at after one reconcile interval, however early it was there. */
    private Move progress(StateSnapshot snapshot, Optional<String> result, Instant now) {
        Instant due = Instant.parse(snapshot.triggerTimestamp().orElseThrow()).plus(settings.reconcileInterval());
        if (now.isBefore(due)) {
            return new Rest(Optional.of(Duration.between(now, due)));
        }
        return result.<Move>map(path -> new Write(snapshot.completed(path, now.toString()), Optional.empty()))
                .orElseGet(() -> new Rest(Optional.of(settings.progressCheck())));
    }

    /** Disposal needs a live cluster. */
    private Move deletion(StateSnapshot snapshot, Optional<FlinkDeployment> deployment) {
        boolean dispose = snapshot.disposeOnDelete()
                && snapshot.state()
                        .filter(state -> state == StateSnapshot.State.COMPLETED)
                        .isPresent();
        if (!dispose) {
            return new LetGo(Optional.empty());
        }
        boolean live = deployment
                .flatMap(FlinkDeployment::status)
                .filter(status -> status.jobManager() == JobManagerStatus.READY)
                .isPresent();
        return live ? new LetGo(snapshot.path()) : new Rest(Optional.of(settings.reconcileInterval()));
    }

    private static boolean runs(FlinkDeployment deployment) {
        return deployment
                .status()
                .flatMap(status -> status.job().state())
                .filter(state -> state == FlinkJobState.RUNNING)
                .isPresent();
    }
}
