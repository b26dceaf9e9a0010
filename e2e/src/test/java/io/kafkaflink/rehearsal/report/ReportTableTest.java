package io.kafkaflink.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.golden.GoldenFolder;
import io.kafkaflink.rehearsal.report.Report.Downtime;
import io.kafkaflink.rehearsal.report.Report.PipelineResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    private static final GoldenFolder GOLDEN = new GoldenFolder("report-tables");

    private static final Verdict NUMBERED = new Verdict(
            61_204, 61_204, 0, 0, OptionalLong.of(0), 0, OptionalLong.empty(), OptionalLong.empty(), List.of());
    private static final Verdict WINDOWS = new Verdict(
            6_000, 3_912, 0, 0, OptionalLong.empty(), 0, OptionalLong.of(3_912), OptionalLong.of(0), List.of());

    private static Report report(boolean real, PipelineResult... pipelines) {
        return new Report(
                "Rehearsal of clickstream.yaml on Kubernetes 1.34.4",
                real,
                List.of(pipelines),
                List.of(
                        new Downtime("growth 2->4", Duration.ofMillis(8_412)),
                        new Downtime("operator killed", Duration.ofMillis(180))),
                OptionalLong.of(3_113_851_289L),
                11,
                Duration.ofMillis(41_249),
                Duration.ofSeconds(192),
                List.of());
    }

    @AfterAll
    static void noUnusedFiles() {
        GOLDEN.assertAllUsed();
    }

    @Test
    @DisplayName("a clean run")
    void clean() {
        Report report = report(
                true,
                new PipelineResult("numbered", NUMBERED, OptionalLong.empty()),
                new PipelineResult("clickstream", WINDOWS, OptionalLong.of(0)));

        GOLDEN.assertEqual("clean.txt", ReportTable.of(report));
        assertThat(report.outcome().code()).isZero();
    }

    @Test
    @DisplayName("faults are spelled out below the table and decide the outcome")
    void faulty() {
        Verdict faulty = new Verdict(
                61_204,
                61_210,
                2,
                8,
                OptionalLong.of(1),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of("2 records lost, as in p0-k1#7, p0-k1#8", "8 records duplicated"));
        Report report = report(true, new PipelineResult("numbered", faulty, OptionalLong.empty()));

        GOLDEN.assertEqual("faulty.txt", ReportTable.of(report));
        assertThat(report.outcome().code()).isEqualTo(1);
    }

    @Test
    @DisplayName("right results on the in-memory API server are no proof")
    void inMemory() {
        Report report = report(false, new PipelineResult("numbered", NUMBERED, OptionalLong.empty()));

        GOLDEN.assertEqual("in-memory.txt", ReportTable.of(report));
        assertThat(report.outcome().code()).isEqualTo(3);
    }
}
