package io.kafkaflink.rehearsal.report;

import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.report.Report.PipelineResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws a report as one table in plain text. */
public final class ReportTable {
    private static final int LABEL = 38;
    private static final int COLUMN = 16;
    private static final String NONE = "-";

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private ReportTable(Report report) {
        this.report = report;
    }

    /** The table with a line per fault and the outcome below it. */
    public static String of(Report report) {
        return new ReportTable(report).draw();
    }

    private String draw() {
        line(report.title());
        line("");
        row("", pipeline -> pipeline.name());
        row("records in", verdict(Verdict::in));
        row("records out", verdict(Verdict::out));
        row("lost", verdict(Verdict::lost));
        row("duplicated", verdict(Verdict::duplicated));
        row("out of order", pipeline -> number(pipeline.verdict().outOfOrder()));
        row("wrong", verdict(Verdict::wrong));
        row("windows right / wrong", ReportTable::windows);
        row("late records dropped", pipeline -> number(pipeline.late()));
        for (Report.Downtime downtime : report.downtimes()) {
            single("downtime, " + downtime.change(), seconds(downtime.pause()));
        }
        single("first committed output", seconds(report.firstOutput()) + " after the start");
        single("whole rehearsal", minutes(report.whole()));
        single("memory, all processes", memory());
        line("");
        line("Downtime is the longest pause of the numbered output around a change. Processes start faster than pods:");
        line("a cluster adds the start of its pods to every time above.");
        line("");
        faults();
        line(report.outcome().sentence());
        return text.toString();
    }

    private void faults() {
        report.faults().forEach(fault -> line("FAULT  " + fault));
        for (PipelineResult pipeline : report.pipelines()) {
            pipeline.verdict().faults().forEach(fault -> line("FAULT  " + pipeline.name() + ": " + fault));
        }
    }

    private void row(String label, Function<PipelineResult, String> cell) {
        List<String> cells = new ArrayList<>();
        report.pipelines().forEach(pipeline -> cells.add(cell.apply(pipeline)));
        if (!label.isEmpty() && cells.stream().allMatch(NONE::equals)) {
            return;
        }
        line(String.format(Locale.ROOT, "%-" + LABEL + "s", label)
                + cells.stream().map(ReportTable::right).collect(Collectors.joining()));
    }

    private void single(String label, String value) {
        line(String.format(Locale.ROOT, "%-" + LABEL + "s%s", label, right(value)));
    }

    private void line(String content) {
        text.append(content.stripTrailing()).append('\n');
    }

    private static String right(String cell) {
        return String.format(Locale.ROOT, " %" + (COLUMN - 1) + "s", cell);
    }

    private static Function<PipelineResult, String> verdict(Function<Verdict, Long> value) {
        return pipeline -> number(OptionalLong.of(value.apply(pipeline.verdict())));
    }

    private static String windows(PipelineResult pipeline) {
        Verdict verdict = pipeline.verdict();
        return verdict.windowsRight().isEmpty()
                ? NONE
                : number(verdict.windowsRight()) + " / " + number(verdict.windowsWrong());
    }

    private static String number(OptionalLong value) {
        return value.isEmpty() ? NONE : String.format(Locale.ROOT, "%,d", value.getAsLong());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String minutes(Duration time) {
        return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    private String memory() {
        return report.peakMemory().isEmpty()
                ? "not known here"
                : String.format(
                        Locale.ROOT,
                        "%.2f GiB at most, %d processes",
                        report.peakMemory().getAsLong() / (double) (1L << 30),
                        report.processes());
    }
}
