package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus.Phases;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus.Procedure;
import io.kafkaflink.operator.desired.Revision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The life of a change in status: begun before its first write, moved on by what is seen, closed once. */
final class Change {
    static final String SUCCEEDED = UpgradeResult.Succeeded.name();
    static final String SUPERSEDED = UpgradeResult.Superseded.name();
    static final String ABORTED = UpgradeResult.Aborted.name();
    static final String ROLLED_BACK = UpgradeResult.RolledBack.name();
    static final String NEW_UIDS = UpgradeResult.NewUidsNeeded.name();

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Kinds that differ only in how the same revision is reached, which may have to change on the way. */
    private static final Set<String> ONE_WAY_OR_ANOTHER = Set.of(
            ChangeKind.Configuration.name(),
            ChangeKind.Growth.name(),
            ChangeKind.Resume.name(),
            ChangeKind.Repair.name());

    private static final Set<UpgradeStep> OF_ONE_JOB = EnumSet.of(UpgradeStep.GO, UpgradeStep.VERIFY);

    private Change() {}

    /**
     * The change in a status, empty when there is none or a member that decisions need is missing. A step that began in
     * the future, by the clock of another leader, begins now: else its limit would be that much longer.
     */
    static Optional<UpgradeStatus> underWay(UpgradeStatus stored, Instant now) {
        return Optional.ofNullable(stored)
                .filter(change -> change.id() != null
                        && change.kind() != null
                        && change.step() != null
                        && change.to() != null
                        && change.startedAt() != null
                        && change.stepStartedAt() != null)
                .filter(change -> !isHandOver(change) || whole(change))
                .map(change -> change.stepStartedAt().isAfter(now)
                        ? copy(change).stepStartedAt(now).made()
                        : change);
    }

    /** A handover has a known step, and from step 3 Go on a job and, when one was stopped for it, a savepoint. */
    private static boolean whole(UpgradeStatus change) {
        Optional<UpgradeStep> step = UpgradeStep.of(change.step());
        boolean told = change.jobId() != null && (change.savepoint() != null || change.fromDeployment() == null);
        return change.toDeployment() != null
                && step.filter(found -> found.compareTo(UpgradeStep.ROLLBACK) <= 0)
                        .isPresent()
                && (told || !OF_ONE_JOB.contains(step.get()));
    }

    /** Deciding the same again, after a kill before or after the write, is the same change. */
    static boolean same(UpgradeStatus current, ChangeKind kind, String to, String savepoint) {
        return current != null
                && !isHandOver(current)
                && Objects.equals(current.to(), to)
                && Objects.equals(current.savepoint(), savepoint)
                && (is(current, kind)
                        || (ONE_WAY_OR_ANOTHER.contains(current.kind()) && ONE_WAY_OR_ANOTHER.contains(kind.name())));
    }

    /**
     * A change that begins now.
     *
     * @param taken id that is in use already, may be null
     * @param from revision that is left, null at a first start
     * @param savepoint what the new job starts from when FKO does not know it itself, else null
     */
    static UpgradeStatus begin(
            String taken, ChangeKind kind, UpgradeStep step, String from, String to, String savepoint, Instant now) {
        String id = ID.format(now);
        String free = id.equals(taken) ? id + "-2" : taken != null && taken.startsWith(id + "-") ? next(taken) : id;
        return new UpgradeStatus(free, kind.name(), step.text(), from, to, now, now, savepoint);
    }

    private static String next(String id) {
        int dash = id.lastIndexOf('-');
        return id.substring(0, dash + 1) + (Integer.parseInt(id.substring(dash + 1)) + 1);
    }

    /** The same change as a handover between two FlinkDeployments. */
    static UpgradeStatus handOver(UpgradeStatus begun, String fromDeployment, String toDeployment) {
        return copy(begun)
                .procedure(Procedure.HandOver)
                .fromDeployment(fromDeployment)
                .toDeployment(toDeployment)
                .made();
    }

    /** The same change in another kind and step; the step's time stays while the step does. */
    static UpgradeStatus at(UpgradeStatus current, ChangeKind kind, UpgradeStep step, Instant now) {
        boolean stays = current.step().equals(step.text());
        return copy(current)
                .kind(kind == null ? current.kind() : kind.name())
                .step(step.text())
                .stepStartedAt(stays ? current.stepStartedAt() : now)
                .made();
    }

    /** The same change with what a gate showed; what is null stays as it was. */
    static UpgradeStatus knowing(UpgradeStatus current, String jobId, String savepoint, Phases phases) {
        return copy(current)
                .jobId(jobId == null ? current.jobId() : jobId)
                .savepoint(savepoint == null ? current.savepoint() : savepoint)
                .phases(phases == null ? current.phases() : phases)
                .made();
    }

    /** The same change with other words, null for none. */
    static UpgradeStatus saying(UpgradeStatus current, String message) {
        return copy(current).message(message).made();
    }

    /** The same change from its first step again, with another state to start from. */
    static UpgradeStatus again(UpgradeStatus current, String state, Instant now) {
        return copy(at(current, ChangeKind.Recreate, UpgradeStep.ARM, now))
                .savepoint(state)
                .jobId(null)
                .message(null)
                .made();
    }

    static boolean is(UpgradeStatus current, ChangeKind kind) {
        return current != null && kind.name().equals(current.kind());
    }

    static boolean leadsTo(UpgradeStatus current, Revision revision) {
        return current != null && current.to().equals(revision.name());
    }

    static boolean in(UpgradeStatus current, UpgradeStep step) {
        return current != null && step.text().equals(current.step());
    }

    static boolean isHandOver(UpgradeStatus current) {
        return current != null && current.procedure() == Procedure.HandOver;
    }

    private static UpgradeDraft copy(UpgradeStatus current) {
        return new UpgradeDraft(current);
    }
}
