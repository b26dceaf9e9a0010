package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The savepoints of a pipeline: those in status and those that FKO's snapshot resources add. A path stays after its
 * resource is cleaned up, since the files outlive it.
 */
final class SavepointLedger {
    private static final Comparator<SavepointStatus> NEWEST_FIRST =
            Comparator.comparing(SavepointStatus::takenAt, Comparator.nullsLast(Comparator.reverseOrder()));

    private final Situation situation;
    private final Set<String> known;

    SavepointLedger(Situation situation) {
        this.situation = situation;
        this.known = situation.memory().savepoints().stream()
                .map(SavepointStatus::path)
                .collect(Collectors.toSet());
    }

    /** FKO took it when it stopped a job of ours: its snapshot is there, or was when the ledger was written. */
    static boolean proven(Situation situation, String path) {
        return new SavepointLedger(situation).taken().anyMatch(savepoint -> path.equals(savepoint.path()));
    }

    /** When a savepoint was completed, empty when nothing tells. */
    static Optional<Instant> takenAt(Situation situation, String path) {
        return new SavepointLedger(situation)
                .taken()
                .filter(savepoint -> savepoint.path().equals(path))
                .findFirst()
                .map(SavepointStatus::takenAt);
    }

    /**
     * For status: newest first, as many as it holds. The one that the last upgrade started from is the way back from it,
     * and stays until the next has succeeded, however many are newer.
     *
     * @param last the last change that ended, null when there was none
     */
    List<SavepointStatus> entries(LastUpgradeStatus last) {
        List<SavepointStatus> newest =
                all().limit(PipelineStatus.LEDGER_SIZE).collect(Collectors.toCollection(ArrayList::new));
        Optional<SavepointStatus> wayBack = all().skip(PipelineStatus.LEDGER_SIZE)
                .filter(savepoint -> last != null && savepoint.path().equals(last.savepoint()))
                .findFirst();
        wayBack.ifPresent(savepoint -> newest.set(newest.size() - 1, savepoint));
        return newest;
    }

    /** The newest savepoint of all, and nothing older. */
    Optional<SavepointStatus> newest() {
        return all().findFirst();
    }

    /** It came to light just now: its job stopped after the last look. */
    boolean isNew(SavepointStatus savepoint) {
        return !known.contains(savepoint.path());
    }

    /** All savepoints are of one job. */
    boolean ofOneJob() {
        return all().map(savepoint -> StatePath.job(savepoint.path()))
                        .distinct()
                        .count()
                == 1;
    }

    /** There is a savepoint of this job. */
    boolean has(String jobId) {
        return all().anyMatch(savepoint -> StatePath.of(savepoint.path(), jobId));
    }

    /** Path of the newest savepoint that a former pipeline of the same name has left behind. */
    Optional<String> ofFormerLife() {
        return situation.seen().snapshots().stream()
                .filter(savepoint -> hasOurName(savepoint) && !ours(savepoint))
                .max(Comparator.comparing(StopSavepoint::completedAt))
                .map(StopSavepoint::path);
    }

    private Stream<SavepointStatus> all() {
        return Stream.concat(taken(), pinned().stream()).sorted(NEWEST_FIRST);
    }

    private Stream<SavepointStatus> taken() {
        Stream<SavepointStatus> fresh = situation.seen().snapshots().stream()
                .filter(this::ours)
                .filter(savepoint -> !known.contains(savepoint.path()))
                .map(this::entry);
        return Stream.concat(fresh, situation.memory().savepoints().stream())
                .filter(savepoint -> savepoint.path() != null);
    }

    /** What a change under way is to start from, which may have no resource. */
    private Optional<SavepointStatus> pinned() {
        return situation
                .change()
                .filter(change -> change.savepoint() != null && !known.contains(change.savepoint()))
                .filter(change -> situation.seen().snapshots().stream()
                        .noneMatch(snapshot -> change.savepoint().equals(snapshot.path()) && ours(snapshot)))
                .map(change -> new SavepointStatus(
                        change.savepoint(),
                        StatePath.job(change.savepoint()).orElse(null),
                        change.from(),
                        change.startedAt(),
                        change.kind()));
    }

    /** A former pipeline of the same name leaves snapshots of the same FlinkDeployment behind; they are not ours. */
    private boolean ours(StopSavepoint savepoint) {
        return hasOurName(savepoint)
                && (!savepoint.completedAt().isBefore(situation.createdAt())
                        || StatePath.of(savepoint.path(), Deployed.lastJob(situation)));
    }

    private boolean hasOurName(StopSavepoint savepoint) {
        return savepoint.path() != null
                && savepoint.completedAt() != null
                && Slot.of(situation.id(), savepoint.deployment()).isPresent();
    }

    private SavepointStatus entry(StopSavepoint savepoint) {
        Slot slot = Slot.of(situation.id(), savepoint.deployment()).orElseThrow();
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        String jobId = Stream.of(Optional.ofNullable(Deployed.lastJob(situation)), job.map(FlinkJobState::jobId))
                .flatMap(Optional::stream)
                .filter(id -> StatePath.of(savepoint.path(), id))
                .findFirst()
                .orElse(null);
        DeployedStatus deployed = situation.memory().deployed();
        boolean ofDeployed = deployed != null && StatePath.of(savepoint.path(), deployed.jobId());
        String revision = ofDeployed
                ? deployed.revision()
                : Deployed.of(situation, slot).ran().map(Revision::name).orElse(null);
        return new SavepointStatus(
                savepoint.path(),
                jobId,
                revision,
                savepoint.completedAt(),
                situation.change().map(UpgradeStatus::kind).orElse("Stop"));
    }
}
