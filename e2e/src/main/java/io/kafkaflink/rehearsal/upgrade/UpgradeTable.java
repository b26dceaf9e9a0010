package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.upgrade.Takeover.Phases;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Draws the rows of a rehearsal of upgrades as one table in plain text, in a terminal of 150 columns. */
final class UpgradeTable {
    private static final String NONE = "-";
    private static final String LAYOUT = "%-36s %-27s %8s %10s %12s %8s %8s %8s %8s %8s %8s %9s";

    private UpgradeTable() {}

    /** The names of the columns. */
    static String head() {
        return line(
                "scenario",
                "result",
                "lost",
                "duplicated",
                "out of order",
                "armed",
                "gap",
                "stop",
                "check",
                "restore",
                "1st out",
                "repaired");
    }

    /** One row. */
    static String row(UpgradeRow row) {
        return line(
                row.scenario(),
                row.expected() ? row.result() : "FAULT: " + row.result(),
                count(row, verdict -> OptionalLong.of(verdict.lost())),
                count(row, verdict -> OptionalLong.of(verdict.duplicated())),
                count(row, Verdict::outOfOrder),
                seconds(row.armed()),
                seconds(row.gap()),
                phase(row, Phases::stop),
                phase(row, Phases::check),
                phase(row, Phases::restore),
                phase(row, Phases::firstOutput),
                row.offsets()
                        .filter(offsets -> offsets.compared() > 0)
                        .map(offsets -> offsets.repaired() + " of " + offsets.compared())
                        .orElse(NONE));
    }

    /** All rows with what the columns mean and the notes below. */
    static String of(List<UpgradeRow> rows) {
        StringBuilder text = new StringBuilder(head()).append('\n');
        rows.forEach(row -> text.append(row(row)).append('\n'));
        text.append("""

                lost, duplicated and out of order (per key) are counted in the committed numbered records. armed: how long the new
                job waited, checked and ready, while the old one ran. gap: longest pause of the output, by the broker's clock; stop
                (until the go), check (until the job's answer), restore (until all tasks run) and 1st out (until the next record)
                are its parts. repaired: partitions whose group offset was not the savepoint's, of those compared.
                Processes start faster than pods: a cluster adds the start of its pods to armed, and to the gaps without parts.
                """);
        for (UpgradeRow row : rows) {
            row.notes().forEach(note -> text.append(row.expected() ? "\nnote   " : "\nFAULT  ")
                    .append(row.scenario())
                    .append(": ")
                    .append(note));
        }
        return text.append(rows.stream().anyMatch(row -> !row.notes().isEmpty()) ? "\n" : "")
                .toString();
    }

    private static String count(UpgradeRow row, Function<Verdict, OptionalLong> value) {
        return row.verdict()
                .map(value)
                .filter(OptionalLong::isPresent)
                .map(number -> String.format(Locale.ROOT, "%,d", number.getAsLong()))
                .orElse(NONE);
    }

    private static String phase(UpgradeRow row, Function<Phases, Duration> part) {
        return seconds(row.phases().map(part));
    }

    private static String seconds(Optional<Duration> time) {
        return time.map(span -> String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0))
                .orElse(NONE);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, LAYOUT, cells).stripTrailing();
    }
}
