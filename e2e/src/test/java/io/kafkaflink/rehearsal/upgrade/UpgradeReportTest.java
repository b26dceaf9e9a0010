package io.kafkaflink.rehearsal.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.control.Control;
import io.kafkaflink.rehearsal.golden.GoldenFolder;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.upgrade.Takeover.Phases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpgradeReportTest {
    private static final GoldenFolder GOLDEN = new GoldenFolder("upgrade-tables");

    @AfterAll
    static void noUnusedFiles() {
        GOLDEN.assertAllUsed();
    }

    private static Verdict verdict(long lost, long duplicated, String... faults) {
        return new Verdict(
                61_204,
                61_204 - lost + duplicated,
                lost,
                duplicated,
                OptionalLong.of(0),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(faults));
    }

    private static UpgradeRow control(Control control, long duplicated, long gap) {
        return new UpgradeRow(
                control.title(),
                duplicated > 0 ? "duplicates" : "exact",
                true,
                Optional.of(verdict(0, duplicated)),
                Optional.empty(),
                Optional.of(Duration.ofMillis(gap)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static UpgradeRow uidChange(boolean expected, Verdict verdict, long gap, String... notes) {
        return new UpgradeRow(
                UpgradeRehearsal.UID_CHANGE,
                "Ready",
                expected,
                Optional.of(verdict),
                Optional.of(Duration.ofMillis(1_240)),
                Optional.of(Duration.ofMillis(gap)),
                Optional.of(new Phases(
                        Duration.ofMillis(900),
                        Duration.ofMillis(310),
                        Duration.ofMillis(gap - 1_610),
                        Duration.ofMillis(400))),
                Optional.of(new GoResult.Offsets(4, 4, 3, "00", List.of())),
                List.of(notes));
    }

    private static UpgradeReport report(boolean real, UpgradeRow... rows) {
        return new UpgradeReport(
                "Rehearsal of upgrades on Kubernetes 1.34.4, 5000 records a second",
                real,
                List.of(rows),
                Duration.ofSeconds(192));
    }

    @Test
    @DisplayName("all as expected: the control's duplicates, a verified uid change, a rollback")
    void clean() {
        UpgradeReport report = report(
                true,
                control(Control.BLIND, 6_441, 13_500),
                control(Control.PLAIN, 0, 13_480),
                uidChange(true, verdict(0, 0), 3_120),
                new UpgradeRow(
                        "image that nobody has",
                        "RolledBack: ArmTimedOut",
                        true,
                        Optional.of(verdict(0, 0)),
                        Optional.empty(),
                        Optional.of(Duration.ofMillis(140)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));

        GOLDEN.assertEqual("clean.txt", report.text());
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    @DisplayName("a fault, and a scenario that was not played, decide the outcome and are spelled out")
    void faulty() {
        UpgradeReport report = report(
                true,
                control(Control.PLAIN, 0, 5_000),
                uidChange(false, verdict(2, 0, "2 records lost"), 4_800, "2 records lost, as in p0-k1#7, p0-k1#8"),
                UpgradeRow.failed(
                        "Flink 2.1->2.2", "not played", "this build has no job jar for Flink/connector 2.1/5.0.0"));

        GOLDEN.assertEqual("faulty.txt", report.text());
        assertThat(report.outcome()).isEqualTo(Outcome.FAULTY);
    }

    @Test
    @DisplayName("several runs: percentiles by nearest rank; crashes: one line for all points of a victim")
    void figuresAndCrashes() {
        List<UpgradeRow> runs = List.of(
                uidChange(true, verdict(0, 0), 4_000),
                uidChange(true, verdict(0, 0), 3_000),
                uidChange(true, verdict(0, 0), 9_000),
                control(Control.PLAIN, 0, 12_000),
                control(Control.PLAIN, 0, 16_000));
        UpgradeScenario scenario = Catalogue.scenarios().get(0);
        UpgradeRow died = CrashMatrix.row(scenario, Crash.Victim.OPERATOR, runs.subList(0, 3), 3, 13);
        UpgradeRow bad = CrashMatrix.row(
                scenario,
                Crash.Victim.BROKER,
                List.of(uidChange(false, verdict(0, 5), 9_000, "5 records duplicated")),
                1,
                13);
        List<UpgradeRow> all = new ArrayList<>(runs);
        all.add(died);
        all.add(bad);

        UpgradeReport report = report(true, all.toArray(new UpgradeRow[0]));

        GOLDEN.assertEqual("figures-and-crashes.txt", report.text());
        assertThat(died.expected()).isTrue();
        assertThat(report.outcome()).isEqualTo(Outcome.FAULTY);
    }

    @Test
    @DisplayName("points are chosen by the seed, each at most once, in order")
    void points() {
        Crash.Points some = CrashMatrix.together(20, Crash.Victim.OPERATOR, 3, new Random(7))
                .get(0);

        assertThat(CrashMatrix.together(20, Crash.Victim.OPERATOR, 3, new Random(7)))
                .containsExactly(some);
        assertThat(some.writes()).hasSize(3).doesNotHaveDuplicates().isSorted();
        assertThat(CrashMatrix.every(7, Crash.Victim.OPERATOR, 3))
                .extracting(Crash.Points::writes)
                .containsExactly(List.of(1, 4, 7), List.of(2, 5), List.of(3, 6));
        assertThat(CrashMatrix.every(2, Crash.Victim.OPERATOR, 3))
                .extracting(Crash.Points::writes)
                .containsExactly(List.of(1, 2));
        assertThat(CrashMatrix.together(0, Crash.Victim.OPERATOR, 3, new Random(7)))
                .isEmpty();
    }

    @Test
    @DisplayName("a line says after which writes something dies")
    void words() {
        assertThat(new Crash.Points(List.of(4), Crash.Victim.BROKER).words()).isEqualTo("broker dies after write 4");
        assertThat(new Crash.Points(List.of(3, 9, 17), Crash.Victim.OPERATOR).words())
                .isEqualTo("operator dies after write 3, 9 and 17");
    }

    @Test
    @DisplayName("right results on the in-memory API server are no proof, and no rows are no success")
    void noProof() {
        assertThat(report(false, uidChange(true, verdict(0, 0), 3_000)).outcome())
                .isEqualTo(Outcome.NOT_REAL);
        assertThat(report(true).outcome()).isEqualTo(Outcome.FAULTY);
    }
}
