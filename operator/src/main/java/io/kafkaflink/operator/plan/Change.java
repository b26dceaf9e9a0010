package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/** The life of a change in status: begun before its first write, moved on by what is seen, closed once. */
final class Change {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private Change() {}

    /**
     * The change as status shows it. Deciding the same again, after a kill before the write, keeps id and times.
     *
     * @param from revision that is left, null at a first start
     * @param savepoint what the new job starts from when FKO does not know it itself, else null
     */
    static UpgradeStatus begin(
            UpgradeStatus current,
            ChangeKind kind,
            UpgradeStep step,
            String from,
            String to,
            String savepoint,
            Instant now) {
        boolean same = current != null
                && current.kind().equals(kind.name())
                && Objects.equals(current.to(), to)
                && Objects.equals(current.savepoint(), savepoint);
        if (same && current.step().equals(step.text())) {
            return current;
        }
        return new UpgradeStatus(
                same ? current.id() : ID.format(now),
                kind.name(),
                step.text(),
                from,
                to,
                same ? current.startedAt() : now,
                now,
                savepoint);
    }

    static UpgradeStatus at(UpgradeStatus current, UpgradeStep step, Instant now) {
        if (current.step().equals(step.text())) {
            return current;
        }
        return new UpgradeStatus(
                current.id(),
                current.kind(),
                step.text(),
                current.from(),
                current.to(),
                current.startedAt(),
                now,
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
        return current != null && current.kind().equals(kind.name());
    }
}
