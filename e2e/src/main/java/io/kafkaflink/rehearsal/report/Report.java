package io.kafkaflink.rehearsal.report;

import io.kafkaflink.rehearsal.check.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a rehearsal found.
 *
 * @param title file and Kubernetes API
 * @param realApi whether a real API server was used
 * @param pipelines the numbered one first
 * @param downtimes longest pause of the numbered output around each change, in order
 * @param peakMemory bytes, resident, of all processes together; empty where the system does not tell
 * @param processes number of processes at that moment
 * @param firstOutput from the start of the program to the first committed record
 * @param whole from the start of the program to the last check
 * @param faults what went wrong beside the records, one line each
 */
public record Report(
        String title,
        boolean realApi,
        List<PipelineResult> pipelines,
        List<Downtime> downtimes,
        OptionalLong peakMemory,
        int processes,
        Duration firstOutput,
        Duration whole,
        List<String> faults) {
    public Report {
        faults = List.copyOf(faults);
        pipelines = List.copyOf(pipelines);
        downtimes = List.copyOf(downtimes);
    }

    /**
     * One pipeline's result.
     *
     * @param late records that the job dropped as late, by its own count; empty without windows
     */
    public record PipelineResult(String name, Verdict verdict, OptionalLong late) {}

    /** The pause that one change cost. */
    public record Downtime(String change, Duration pause) {}

    /** The exit code that follows. */
    public Outcome outcome() {
        if (!faults.isEmpty()
                || pipelines.stream().anyMatch(pipeline -> !pipeline.verdict().clean())) {
            return Outcome.FAULTY;
        }
        return realApi ? Outcome.CLEAN : Outcome.NOT_REAL;
    }
}
