package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.StopSavepoint;
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
    private final Slot slot;
    private final Set<String> known;

    SavepointLedger(Situation situation, Slot slot) {
        this.situation = situation;
        this.slot = slot;
        this.known = situation.memory().savepoints().stream()
                .map(SavepointStatus::path)
                .collect(Collectors.toSet());
    }

    /** For status: newest first, as many as it holds. */
    List<SavepointStatus> entries() {
        return all().limit(PipelineStatus.LEDGER_SIZE).toList();
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

    private Stream<SavepointStatus> all() {
        Stream<SavepointStatus> fresh = situation.seen().snapshots().stream()
                .filter(this::ours)
                .filter(savepoint -> !known.contains(savepoint.path()))
                .map(this::entry);
        return Stream.of(fresh, situation.memory().savepoints().stream(), pinned().stream())
                .flatMap(entries -> entries)
                .filter(savepoint -> savepoint.path() != null)
                .sorted(NEWEST_FIRST);
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
        return savepoint.path() != null
                && savepoint.completedAt() != null
                && slot.deploymentName(situation.id()).equals(savepoint.deployment())
                && (!savepoint.completedAt().isBefore(situation.createdAt())
                        || StatePath.of(savepoint.path(), Deployed.lastJob(situation)));
    }

    private SavepointStatus entry(StopSavepoint savepoint) {
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
