package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The life of a change in status: begun before its first write, moved on by what is seen, closed once. */
final class Change {
    /** It reached the revision, or the stop, that it was for. */
    static final String SUCCEEDED = "Succeeded";
    /** Another change took its place, or it was taken back. */
    static final String SUPERSEDED = "Superseded";

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Kinds that differ only in how the same revision is reached, which may have to change on the way. */
    private static final Set<String> ONE_WAY_OR_ANOTHER = Set.of(
            ChangeKind.Configuration.name(),
            ChangeKind.Growth.name(),
            ChangeKind.Resume.name(),
            ChangeKind.Repair.name());

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
                .map(change -> change.stepStartedAt().isAfter(now) ? beginning(change, now) : change);
    }

    private static UpgradeStatus beginning(UpgradeStatus change, Instant now) {
        return new UpgradeStatus(
                change.id(),
                change.kind(),
                change.step(),
                change.from(),
                change.to(),
                change.startedAt(),
                now,
                change.savepoint());
    }

    /** Deciding the same again, after a kill before or after the write, is the same change. */
    static boolean same(UpgradeStatus current, ChangeKind kind, String to, String savepoint) {
        return current != null
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

    /** The same change in another kind and step; the step's time stays while the step does. */
    static UpgradeStatus at(UpgradeStatus current, ChangeKind kind, UpgradeStep step, Instant now) {
        boolean stays = current.step().equals(step.text());
        return new UpgradeStatus(
                current.id(),
                kind == null ? current.kind() : kind.name(),
                step.text(),
                current.from(),
                current.to(),
                current.startedAt(),
                stays ? current.stepStartedAt() : now,
                current.savepoint());
    }

    static LastUpgradeStatus close(UpgradeStatus current, String result, String savepoint, Instant now) {
        return new LastUpgradeStatus(
                current.id(),
                current.kind(),
                result,
                current.from(),
                current.to(),
                current.startedAt(),
                now,
                savepoint == null ? current.savepoint() : savepoint);
    }

    static boolean is(UpgradeStatus current, ChangeKind kind) {
        return current != null && kind.name().equals(current.kind());
    }

    static boolean in(UpgradeStatus current, UpgradeStep step) {
        return current != null && step.text().equals(current.step());
    }
}
