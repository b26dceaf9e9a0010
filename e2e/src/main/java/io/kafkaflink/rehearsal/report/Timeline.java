package io.kafkaflink.rehearsal.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happened when. Times are seconds from the first record on.
 *
 * @param sent numbered records sent in each second
 * @param committed numbered records whose transaction was committed, in each second
 * @param changes what was done, in order
 */
public record Timeline(List<Long> sent, List<Long> committed, List<Change> changes) {
    public Timeline {
        sent = List.copyOf(sent);
        committed = List.copyOf(committed);
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param upgrade what the operator says of it; empty when it restarted nothing
     */
    public record Change(String name, double from, double to, double pause, Optional<Upgrade> upgrade) {}

    /**
     * What the operator's status says of an upgrade; texts as they stand there, a dash where there is none.
     *
     * @param offsets compared and repaired
     */
    public record Upgrade(
            String kind,
            String result,
            String armed,
            String stop,
            String check,
            String firstCheckpoint,
            String offsets,
            String savepoint) {}

    /** Records that were sent and not committed yet, at the end of each second. */
    public List<Long> lag() {
        long[] behind = {0};
        return IntStream.range(0, sent.size())
                .mapToObj(second -> behind[0] += sent.get(second) - committed.get(second))
                .toList();
    }
}
