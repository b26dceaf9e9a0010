package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.upgrade.Crash.Point;
import io.kafkaflink.rehearsal.upgrade.Crash.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The points at which something dies in a scenario, and one row for all of them. */
final class CrashMatrix {
    private CrashMatrix() {}

    /**
     * Points of a scenario that made so many writes without a crash.
     *
     * @param most how many; all of them when there are no more
     */
    static List<Point> points(int writes, Victim victim, int most, Random random) {
        List<Point> all = new ArrayList<>(IntStream.rangeClosed(1, writes)
                .mapToObj(write -> new Point(write, victim))
                .toList());
        Collections.shuffle(all, random);
        return all.stream()
                .limit(most)
                .sorted((one, other) -> Integer.compare(one.write(), other.write()))
                .toList();
    }

    /**
     * All runs as one row: sums of the faults, the longest gap.
     *
     * @param runs rows of the points that were reached
     * @param reached as many
     * @param all points that there are
     */
    static UpgradeRow row(UpgradeScenario scenario, Victim victim, List<UpgradeRow> runs, int reached, int all) {
        List<String> notes = runs.stream()
                .filter(run -> !run.expected())
                .flatMap(run -> run.notes().isEmpty()
                        ? List.of(run.result()).stream()
                        : run.notes().stream().map(note -> run.result() + ": " + note))
                .toList();
        return new UpgradeRow(
                scenario.name() + ": " + victim.word() + " dies",
                reached + " of " + all + " points",
                reached > 0 && runs.stream().allMatch(UpgradeRow::expected),
                Optional.of(sum(runs)),
                longest(runs, UpgradeRow::armed),
                longest(runs, UpgradeRow::gap),
                Optional.empty(),
                Optional.empty(),
                notes);
    }

    private static Optional<Duration> longest(List<UpgradeRow> runs, Function<UpgradeRow, Optional<Duration>> value) {
        return runs.stream().flatMap(run -> value.apply(run).stream()).max(Duration::compareTo);
    }

    private static Verdict sum(List<UpgradeRow> runs) {
        List<Verdict> all = runs.stream().flatMap(run -> run.verdict().stream()).toList();
        return new Verdict(
                all.stream().mapToLong(Verdict::in).sum(),
                all.stream().mapToLong(Verdict::out).sum(),
                all.stream().mapToLong(Verdict::lost).sum(),
                all.stream().mapToLong(Verdict::duplicated).sum(),
                OptionalLong.of(all.stream()
                        .mapToLong(verdict -> verdict.outOfOrder().orElse(0))
                        .sum()),
                all.stream().mapToLong(Verdict::wrong).sum(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                all.stream().flatMap(verdict -> verdict.faults().stream()).toList());
    }
}
