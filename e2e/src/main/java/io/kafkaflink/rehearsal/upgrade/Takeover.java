package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.rehearsal.check.Outages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one job that was brought up armed: moments by this machine's clock, documents as the job wrote them.
 *
 * @param deployment name of its FlinkDeployment
 * @param armed when its verdict appeared
 * @param stopAsked when the old FlinkDeployment was asked to stop
 * @param go when the go appeared
 * @param answered when the result appeared
 * @param running when all of its tasks were seen to run
 * @param verified when its first checkpoint was verified
 */
record Takeover(
        String deployment,
        ArmVerdict verdict,
        Instant armed,
        Optional<Instant> stopAsked,
        Optional<Instant> go,
        Optional<GoResult> result,
        Optional<Instant> answered,
        Optional<Instant> running,
        Optional<Instant> verified) {

    /** How long it waited, ready, for the old job's end. */
    Optional<Duration> timeArmed() {
        return go.map(end -> Duration.between(armed, end));
    }

    /** The takeover that made a gap in the output, else the last one. */
    static Optional<Takeover> of(Optional<Outages.Gap> gap, List<Takeover> all) {
        return gap.flatMap(
                        pause -> all.stream().filter(each -> each.within(pause)).findFirst())
                .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1)));
    }

    /** The parts of a gap in the output that this takeover made; empty when the gap is not its doing. */
    Optional<Phases> phases(Outages.Gap gap) {
        if (!within(gap) || answered.isEmpty() || running.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Phases(
                between(gap.from(), go.get()),
                between(go.get(), answered.get()),
                between(answered.get(), running.get()),
                between(running.get(), gap.to())));
    }

    private boolean within(Outages.Gap gap) {
        return go.filter(at -> !at.isBefore(gap.from()) && !at.isAfter(gap.to()))
                .isPresent();
    }

    /** The first record may come before all tasks were seen to run. */
    private static Duration between(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /**
     * Parts of a gap in the output, in order.
     *
     * @param stop from the last record of the old job to the go
     * @param check until the new job has answered the go
     * @param restore until all tasks run
     * @param firstOutput until the first record of the new job
     */
    record Phases(Duration stop, Duration check, Duration restore, Duration firstOutput) {}
}
