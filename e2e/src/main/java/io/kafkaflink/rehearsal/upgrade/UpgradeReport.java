package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.report.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a rehearsal of upgrades found.
 *
 * @param title Kubernetes API and load
 * @param realApi whether a real API server was used
 */
public record UpgradeReport(String title, boolean realApi, List<UpgradeRow> rows, Duration whole) {
    /** Output gap of a verified uid change against that of a plain upgrade, at most. */
    private static final double TARGET = 0.5;

    public UpgradeReport {
        rows = List.copyOf(rows);
    }

    /** The table with its conclusion. */
    public String text() {
        StringBuilder text = new StringBuilder(title).append("\n\n").append(UpgradeTable.of(rows));
        String figures = Figures.of(rows);
        text.append(figures.isEmpty() ? "" : "\n" + figures);
        comparison().ifPresent(line -> text.append('\n').append(line).append('\n'));
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%d scenarios in %d min %d s. ",
                        rows.size(),
                        whole.toMinutes(),
                        whole.toSecondsPart()))
                .append(conclusion())
                .append('\n')
                .toString();
    }

    /** The exit code that follows. */
    public Outcome outcome() {
        if (rows.isEmpty() || rows.stream().anyMatch(row -> !row.expected())) {
            return Outcome.FAULTY;
        }
        return realApi ? Outcome.CLEAN : Outcome.NOT_REAL;
    }

    private String conclusion() {
        return switch (outcome()) {
            case CLEAN -> "All ended as they should: nothing lost, duplicated or out of order but in the control.";
            case NOT_REAL -> "All ended as they should, but on the in-memory API server: no proof.";
            case FAULTY, BAD_INPUT -> "Not everything ended as it should; see above.";
        };
    }

    private Optional<String> comparison() {
        return gap(UpgradeRehearsal.PLAIN_UPGRADE).flatMap(plain -> gap(UpgradeRehearsal.UID_CHANGE)
                .map(verified -> String.format(
                        Locale.ROOT,
                        "Output gap of the verified uid change %.1f s, of a plain one-patch upgrade %.1f s: %.0f %%, %s.",
                        verified.toMillis() / 1000.0,
                        plain.toMillis() / 1000.0,
                        100.0 * verified.toMillis() / plain.toMillis(),
                        verified.toMillis() <= TARGET * plain.toMillis()
                                ? "at most half as wanted"
                                : "more than the half that is wanted")));
    }

    /** The median, when it was played several times. */
    private Optional<Duration> gap(String title) {
        return Figures.percentile(
                rows.stream()
                        .filter(row -> row.scenario().equals(title))
                        .flatMap(row -> row.gap().stream())
                        .sorted()
                        .toList(),
                0.5);
    }
}
