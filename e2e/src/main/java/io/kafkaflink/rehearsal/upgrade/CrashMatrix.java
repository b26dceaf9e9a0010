package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.upgrade.Crash.Points;
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

/** The writes after which something dies in a scenario, and one row for all of them. */
final class CrashMatrix {
    private CrashMatrix() {}

    /**
     * Every write of a scenario that made so many without a crash, in as few plays as there can be, those of one play as
     * far apart as they can be. After the first death of a play its writes are counted on, with those that are made again.
     *
     * @param together how many writes share a play
     */
    static List<Points> every(int writes, Victim victim, int together) {
        int plays = (writes + together - 1) / together;
        return IntStream.rangeClosed(1, plays)
                .mapToObj(first -> IntStream.iterate(first, write -> write <= writes, write -> write + plays)
                        .boxed()
                        .toList())
                .map(some -> new Points(some, victim))
                .toList();
    }

    /** Some writes, one after the other in one play; empty for a scenario without any. */
    static List<Points> together(int writes, Victim victim, int most, Random random) {
        List<Integer> some = some(writes, most, random);
        return some.isEmpty() ? List.of() : List.of(new Points(some, victim));
    }

    private static List<Integer> some(int writes, int most, Random random) {
        List<Integer> all =
                new ArrayList<>(IntStream.rangeClosed(1, writes).boxed().toList());
        Collections.shuffle(all, random);
        return all.stream().limit(most).sorted().toList();
    }

    /**
     * All runs as one row: sums of the faults, the longest gap.
     *
     * @param runs rows of the plays
     * @param reached points of them all
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
