package io.kafkaflink.rehearsal.check;

import java.util.List;
import java.util.OptionalLong;

/**
 * How the output of a pipeline compares with what its input asks for.
 *
 * @param in records that went in
 * @param out records that came out
 * @param lost expected records that did not come out
 * @param duplicated records that came out more often than expected
 * @param outOfOrder records behind a later one of their key; empty where order is not checked
 * @param wrong records that nothing in the input explains
 * @param windowsRight windows with the right numbers; empty where there are no windows
 * @param windowsWrong windows that are missing, repeated, unexplained or have other numbers
 * @param faults one line each, in plain words
 */
public record Verdict(
        long in,
        long out,
        long lost,
        long duplicated,
        OptionalLong outOfOrder,
        long wrong,
        OptionalLong windowsRight,
        OptionalLong windowsWrong,
        List<String> faults) {
    public Verdict {
        faults = List.copyOf(faults);
    }

    /** Whether nothing at all is to be complained of. */
    public boolean clean() {
        return faults.isEmpty();
    }

    /** The same numbers without blame, for a sink that promises less than exactly once: it reports what it did. */
    public Verdict asReportOnly() {
        return new Verdict(in, out, lost, duplicated, outOfOrder, wrong, windowsRight, windowsWrong, List.of());
    }
}
