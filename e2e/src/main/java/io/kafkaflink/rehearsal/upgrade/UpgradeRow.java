package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.upgrade.Takeover.Phases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one scenario came to.
 *
 * @param scenario for the table
 * @param result how it ended, with the reason of a rollback
 * @param expected whether it ended as it should; for the control that is with duplicates
 * @param verdict of the numbered records; empty when it did not come so far
 * @param armed how long the new job waited, ready, beside the old one
 * @param gap longest pause of the output; empty when it is nobody's doing
 * @param phases parts of the gap
 * @param offsets partitions whose group offset was compared with the savepoint, and repaired
 * @param notes what else a person should know, one line each
 */
public record UpgradeRow(
        String scenario,
        String result,
        boolean expected,
        Optional<Verdict> verdict,
        Optional<Duration> armed,
        Optional<Duration> gap,
        Optional<Phases> phases,
        Optional<GoResult.Offsets> offsets,
        List<String> notes) {
    public UpgradeRow {
        notes = List.copyOf(notes);
    }

    /** A scenario that did not come to its end. */
    static UpgradeRow failed(String scenario, String result, String why) {
        return new UpgradeRow(
                scenario,
                result,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(why));
    }
}
