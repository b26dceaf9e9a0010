package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.GoldenFile;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Action.ApplyFlinkDeployment;
import io.kafkaflink.operator.plan.Action.WriteHandover;
import io.kafkaflink.operator.plan.HandOverCell.New;
import io.kafkaflink.operator.plan.HandOverCell.Old;
import io.kafkaflink.operator.plan.HandOverCell.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of a handover with everything that can be seen in it: what comes of it stands in a file for each step, a line a
 * situation. What must never come of any is asserted apart from these files.
 */
@DisplayName("every step with everything that can be seen")
class HandOverTableTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/steps");
    private static final String LINE = "%-18s | %-12s | %-8s | %-7s -> %s%n";

    /** What a step may wait for without a limit: it cannot be hurried, and nothing stands still meanwhile. */
    private static final List<String> GOING = List.of(" goes", " is being deleted", " of its pods are not");

    private static final Map<UpgradeStep, List<Outcome>> OUTCOMES = new EnumMap<>(UpgradeStep.class);

    @ParameterizedTest
    @EnumSource(names = {"ARM", "DRAIN", "STOP", "GO", "VERIFY", "SETTLE", "ABORT", "ROLLBACK"})
    void asInTheFile(UpgradeStep step) {
        StringBuilder table = new StringBuilder("# step " + step.number() + " " + step.text() + System.lineSeparator())
                .append(LINE.formatted("# old job", "new job", "asked", "time", "what comes of it"));
        for (Outcome outcome : outcomes(step)) {
            HandOverCell cell = outcome.cell();
            table.append(LINE.formatted(
                    word(cell.old()),
                    word(cell.made()),
                    word(cell.wish()),
                    cell.overdue() ? "overdue" : "",
                    words(outcome)));
        }
        GoldenFile.assertMatches(FOLDER.resolve(step.text().toLowerCase(Locale.ROOT) + ".txt"), table.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"ARM", "DRAIN", "STOP", "GO", "VERIFY", "SETTLE", "ABORT", "ROLLBACK"})
    @DisplayName("no go without a verdict and a savepoint that is proven, and never while the old job may run")
    void goes(UpgradeStep step) {
        for (Outcome outcome : outcomes(step)) {
            HandOverCell cell = outcome.cell();
            Plan plan = outcome.plan();
            boolean told = plan.actions().stream()
                    .anyMatch(action ->
                            action instanceof WriteHandover write && write.go().isPresent());
            if (!told) {
                continue;
            }
            assertThat(plan.memory().upgrade().savepoint()).as("%s", cell).isEqualTo(HandOverCell.SAVEPOINT);
            if (step == UpgradeStep.GO) {
                // Status has step 3 only when the rest was seen to hold.
                assertThat(cell.old()).as("%s is still stopped", cell).isNotIn(Old.RUNNING, Old.STOPPING, Old.FAILED);
            } else {
                assertThat(cell.made().armed()).as("%s is armed", cell).isTrue();
                assertThat(cell.old()).as("%s is stopped and proven", cell).isEqualTo(Old.SUSPENDED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARM", "DRAIN", "STOP", "GO", "VERIFY", "SETTLE", "ABORT", "ROLLBACK"})
    @DisplayName("the old job is told to run again only when the new one was never told to, or is gone")
    void neverBoth(UpgradeStep step) {
        for (Outcome outcome : outcomes(step)) {
            HandOverCell cell = outcome.cell();
            Plan plan = outcome.plan();
            boolean runs = plan.actions().stream()
                    .anyMatch(action -> action instanceof ApplyFlinkDeployment apply
                            && apply.slot() == Slot.A
                            && apply.expectedVersion() != null
                            && apply.request().state() == JobRequest.State.RUNNING);
            boolean stopped = cell.old() != Old.RUNNING && cell.old() != Old.FAILED;
            if (runs && stopped) {
                assertThat(cell.made().told() && outcome.scene().jobs.containsKey(Slot.B))
                        .as("%s: %s", cell, plan.actions())
                        .isFalse();
            }
            assertThat(plan.actions().stream().filter(ApplyFlinkDeployment.class::isInstance))
                    .as("%s", cell)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARM", "DRAIN", "STOP", "GO", "VERIFY", "SETTLE", "ABORT", "ROLLBACK"})
    @DisplayName("after its limit no step waits in silence: it goes on, is taken back, or says what it needs")
    void alwaysAWayOut(UpgradeStep step) {
        List<String> silent = new ArrayList<>();
        outcomes(step).stream().filter(outcome -> outcome.cell().overdue()).forEach(outcome -> {
            HandOverCell cell = outcome.cell();
            UpgradeStatus before = outcome.before();
            Plan plan = outcome.plan();
            UpgradeStatus after = plan.memory().upgrade();
            boolean moved = !plan.actions().isEmpty()
                    || after == null
                    || !after.step().equals(before.step())
                    || !after.id().equals(before.id());
            String words = plan.job().message();
            boolean goes = after != null && GOING.stream().anyMatch(text -> (after.message() + words).contains(text));
            if (!moved && plan.refusals().isEmpty() && !goes && !deleting(cell)) {
                silent.add(cell + ": " + (after == null ? "" : after.message()));
            }
        });
        assertThat(silent).isEmpty();
    }

    private static boolean deleting(HandOverCell cell) {
        return cell.made() == New.DELETING;
    }

    /** What was seen, and what came of it. */
    private record Outcome(HandOverCell cell, Scene scene, UpgradeStatus before, Plan plan) {
        static Outcome of(HandOverCell cell, Scene first) {
            Scene scene = cell.scene(first);
            return new Outcome(cell, scene, scene.memory.upgrade(), scene.plan());
        }
    }

    private static List<Outcome> outcomes(UpgradeStep step) {
        return OUTCOMES.computeIfAbsent(step, each -> {
            Scene first = HandOverCell.begun(each);
            return cells(each).stream().map(cell -> Outcome.of(cell, first)).toList();
        });
    }

    private static List<HandOverCell> cells(UpgradeStep step) {
        return Stream.of(Old.values())
                .flatMap(old -> Stream.of(New.values())
                        .flatMap(made -> Stream.of(Wish.values()).flatMap(wish -> Stream.of(false, true)
                                .map(overdue -> new HandOverCell(step, old, made, wish, overdue)))))
                .filter(HandOverCell::possible)
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Outcome outcome) {
        UpgradeStatus before = outcome.before();
        Plan plan = outcome.plan();
        List<String> words = new ArrayList<>();
        UpgradeStatus after = plan.memory().upgrade();
        Optional.ofNullable(plan.memory().lastUpgrade()).ifPresent(last -> words.add("ends " + last.result()));
        if (after != null && !after.id().equals(before.id())) {
            words.add("begins " + after.kind() + " " + after.step());
        } else if (after != null && !after.step().equals(before.step())) {
            words.add(after.step() + cause(after));
        }
        plan.actions().stream().map(Stage::word).forEach(words::add);
        plan.refusals().stream().map(refusal -> "says " + refusal.reason()).forEach(words::add);
        return words.isEmpty() ? "waits" : words.stream().collect(Collectors.joining(", "));
    }

    private static String cause(UpgradeStatus change) {
        UpgradeStep step = UpgradeStep.of(change.step()).orElseThrow();
        boolean back = step == UpgradeStep.ABORT || step == UpgradeStep.ROLLBACK;
        return back ? " (" + Cause.of(change.message()).reason() + ")" : "";
    }
}
