package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus.Phases;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a change that ended. Times are the job's own where it gave them: FKO's word on RUNNING is late by up to
 * half a minute (measured).
 */
final class UpgradeReport {
    private static final Phases NONE = new Phases(null, null, null, null);

    private UpgradeReport() {}

    /** Of a change in place. */
    static LastUpgradeStatus of(UpgradeStatus change, String result, String savepoint, Instant now) {
        return new LastUpgradeStatus(
                change.id(),
                change.kind(),
                result,
                change.from(),
                change.to(),
                change.startedAt(),
                now,
                savepoint == null ? change.savepoint() : savepoint);
    }

    /** Of a handover. */
    static LastUpgradeStatus of(HandOver handOver, String result) {
        UpgradeStatus change = handOver.change();
        Optional<GoResult> started = handOver.result();
        boolean succeeded = Change.SUCCEEDED.equals(result);
        Phases phases = phases(handOver);
        return new LastUpgradeStatus(
                change.id(),
                change.kind(),
                result,
                change.from(),
                change.to(),
                change.startedAt(),
                handOver.situation().now(),
                change.savepoint(),
                succeeded ? downtime(handOver) : null,
                phases.equals(NONE) ? null : phases,
                succeeded ? started.map(found -> found.offsets().compared()).orElse(null) : null,
                succeeded ? started.map(found -> found.offsets().repaired()).orElse(null) : null,
                succeeded ? started.map(GoResult::openTransactions).orElse(null) : null,
                succeeded ? dropped(handOver) : List.of(),
                succeeded ? null : change.message());
    }

    /** What the step that just ended adds. */
    static Phases phases(HandOver handOver) {
        Phases known = Optional.ofNullable(handOver.change().phases()).orElse(NONE);
        Optional<GoResult> result = handOver.result();
        return new Phases(
                known.armed() != null
                        ? known.armed()
                        : span(
                                Optional.of(handOver.change().startedAt()),
                                handOver.armed().map(ArmVerdict::at)),
                known.stop() != null || !Change.in(handOver.change(), UpgradeStep.STOP)
                        ? known.stop()
                        : span(Optional.of(handOver.change().stepStartedAt()), stoppedAt(handOver)),
                known.check() != null || !Change.in(handOver.change(), UpgradeStep.GO)
                        ? known.check()
                        : span(Optional.of(handOver.change().stepStartedAt()), result.map(GoResult::at)),
                known.firstCheckpoint() != null
                        ? known.firstCheckpoint()
                        : span(result.map(GoResult::at), handOver.verified().map(Verification::at)));
    }

    private static Optional<Instant> stoppedAt(HandOver handOver) {
        return handOver.oldJob()
                .flatMap(old -> old.stopSavepoint())
                .flatMap(path -> handOver.situation().seen().snapshots().stream()
                        .filter(snapshot -> path.equals(snapshot.path()))
                        .map(StopSavepoint::completedAt)
                        .findFirst());
    }

    /** From the stop request to the first completed checkpoint; null when there was no stop. */
    private static String downtime(HandOver handOver) {
        Phases phases = phases(handOver);
        if (phases.stop() == null || !phases.stop().matches("[0-9]{1,15}ms")) {
            return null;
        }
        Duration stop = Duration.ofMillis(Long.parseLong(phases.stop().replace("ms", "")));
        return span(
                SavepointLedger.takenAt(handOver.situation(), handOver.change().savepoint())
                        .map(at -> at.minus(stop)),
                handOver.verified().map(Verification::at));
    }

    /** Clocks of different machines may make it negative, which then says nothing. */
    private static String span(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(begin -> to.map(end -> Duration.between(begin, end)))
                .filter(duration -> !duration.isNegative())
                .map(duration -> duration.toMillis() + "ms")
                .orElse(null);
    }

    private static List<String> dropped(HandOver handOver) {
        return handOver.armed()
                .map(verdict -> verdict.operators().dropped())
                .filter(found -> handOver.order().isPresent())
                .orElse(List.of());
    }
}
