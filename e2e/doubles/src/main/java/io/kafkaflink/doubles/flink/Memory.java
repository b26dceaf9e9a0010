package io.kafkaflink.doubles.flink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the operator's process knows about one resource beside its status. Lost when the operator is killed.
 *
 * @param call the REST call that is not answered yet
 * @param announced generation of the last SpecChanged event
 */
public record Memory(
        Phase phase, Optional<HangingCall> call, OptionalLong announced, Optional<Instant> window, int passes) {

    /** Of a new process. */
    public static final Memory FRESH =
            new Memory(new Idle(), Optional.empty(), OptionalLong.empty(), Optional.empty(), 0);

    /**
     * A REST call without answer.
     *
     * @param timesOut it does not notice that the endpoint is back
     */
    public record HangingCall(Instant since, boolean timesOut) {}

    /** Where a pass is. */
    public sealed interface Phase {}

    /** Between two passes. */
    public record Idle() implements Phase {}

    /** Waiting for the stop with savepoint that a pass over {@code at} has asked for. */
    public record Stopping(FlinkDeployment at) implements Phase {}

    /** Waiting until the cluster is gone. */
    public record Removing(FlinkDeployment at, After after) implements Phase {}

    /** Why a cluster is removed. */
    public enum After {
        /** To start it again from {@code upgradeSavepointPath} or from nothing. */
        RESTORE,
        /** To start from initialSavepointPath, or to stay suspended with that path. */
        REDEPLOY,
        /** To suspend it, keeping HA metadata. */
        LAST_STATE,
        /** To suspend it without state. */
        STATELESS,
        /** Because the resource is being deleted. */
        DELETION
    }

    Memory with(Phase newPhase) {
        return new Memory(newPhase, Optional.empty(), announced, window, passes);
    }

    Memory with(HangingCall newCall) {
        return new Memory(phase, Optional.of(newCall), announced, window, passes);
    }

    Memory announced(long generation) {
        return new Memory(phase, call, OptionalLong.of(generation), window, passes);
    }

    /** How long the rate limiter holds back the next pass, zero when it does not. */
    Duration heldBack(Instant now, FlinkOperatorSettings settings) {
        return window.filter(start -> passes >= settings.rateLimit())
                .map(start -> Duration.between(now, start.plus(settings.ratePeriod())))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Counts one pass. */
    Memory counted(Instant now, FlinkOperatorSettings settings) {
        boolean open = window.filter(start -> now.isBefore(start.plus(settings.ratePeriod())))
                .isPresent();
        return open
                ? new Memory(phase, call, announced, window, passes + 1)
                : new Memory(phase, call, announced, Optional.of(now), 1);
    }
}
