package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.upgrade.Takeover.Phases;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws p50, p95 and maximum of scenarios that were played several times. */
final class Figures {
    private static final String LAYOUT = "%-36s %5s  %-6s %8s %8s %8s %8s %8s %8s";
    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.95;

    private Figures() {}

    /** A table in plain text; empty when nothing was played twice. */
    static String of(List<UpgradeRow> rows) {
        Map<String, List<UpgradeRow>> played = rows.stream()
                .collect(Collectors.groupingBy(UpgradeRow::scenario, LinkedHashMap::new, Collectors.toList()));
        played.values().removeIf(runs -> runs.size() < 2);
        if (played.isEmpty()) {
            return "";
        }
        StringBuilder text =
                new StringBuilder(line("figures", "runs", "", "armed", "gap", "stop", "check", "restore", "1st out"));
        played.forEach((scenario, runs) -> {
            text.append(row(scenario, Integer.toString(runs.size()), "p50", runs, MEDIAN));
            text.append(row("", "", "p95", runs, HIGH));
            text.append(row("", "", "max", runs, 1));
        });
        return text.toString();
    }

    private static String row(String scenario, String count, String name, List<UpgradeRow> runs, double share) {
        return line(
                scenario,
                count,
                name,
                cell(runs, UpgradeRow::armed, share),
                cell(runs, UpgradeRow::gap, share),
                cell(runs, phase(Phases::stop), share),
                cell(runs, phase(Phases::check), share),
                cell(runs, phase(Phases::restore), share),
                cell(runs, phase(Phases::firstOutput), share));
    }

    private static Function<UpgradeRow, Optional<Duration>> phase(Function<Phases, Duration> part) {
        return row -> row.phases().map(part);
    }

    private static String cell(List<UpgradeRow> runs, Function<UpgradeRow, Optional<Duration>> value, double share) {
        List<Duration> values =
                runs.stream().flatMap(row -> value.apply(row).stream()).sorted().toList();
        return percentile(values, share)
                .map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0))
                .orElse("-");
    }

    /** The smallest value that is not exceeded by this share of all (nearest rank). */
    static Optional<Duration> percentile(List<Duration> sorted, double share) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1)));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, LAYOUT, cells).stripTrailing() + '\n';
    }
}
