package io.kafkaflink.rehearsal.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Follows the output of a generator source: text and a running number. The numbers are dealt out in as many gapless
 * runs as the job had subtasks at its first start, so more runs than that mean that numbers are missing.
 */
public final class GeneratedCheck {
    private final String text;
    private final int runs;

    /** A generator whose records are {@code text<n>}, first started with {@code runs} subtasks. */
    public GeneratedCheck(String text, int runs) {
        this.text = text;
        this.runs = runs;
    }

    /** Compares the values that came out, in any order. */
    public Verdict compare(Collection<String> values) {
        TreeMap<Long, Integer> times = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        for (String value : values) {
            String digits = value.startsWith(text) ? value.substring(text.length()) : "";
            if (digits.matches("\\d{1,18}|9[0-2]\\d{17}")) {
                times.merge(Long.parseLong(digits), 1, Integer::sum);
            } else {
                unexplained.add(value);
            }
        }
        List<String> gaps = gaps(times);
        List<String> repeated = times.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> text + entry.getKey())
                .toList();
        long duplicates = times.values().stream().mapToLong(count -> count - 1L).sum();
        long lost = Math.max(0, gaps.size() + 1L - runs);
        Faults faults = new Faults();
        if (times.isEmpty()) {
            faults.add("nothing was generated");
        }
        faults.add(lost, "gaps in the running numbers more than " + (runs - 1) + " expected", gaps);
        faults.add(duplicates, "records duplicated", repeated);
        faults.add(unexplained.size(), "records that the generator does not make", unexplained);
        return new Verdict(
                times.size(),
                values.size(),
                lost,
                duplicates,
                OptionalLong.empty(),
                unexplained.size(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                faults.lines());
    }

    private static List<String> gaps(TreeMap<Long, Integer> times) {
        List<String> gaps = new ArrayList<>();
        Long previous = null;
        for (Long number : times.keySet()) {
            if (previous != null && number != previous + 1) {
                gaps.add("from " + previous + " to " + number);
            }
            previous = number;
        }
        return gaps;
    }
}
