package io.kafkaflink.rehearsal.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Follows the output of a generator source: text and a running number that begins at 0 and leaves none out. */
public final class GeneratedCheck {
    private final String text;

    /** A generator whose records come out as {@code text<n>}. */
    public GeneratedCheck(String text) {
        this.text = text;
    }

    /** Compares everything that came out of a generator that has been stopped, in any order. */
    public Verdict compare(Collection<String> values) {
        TreeMap<Long, Integer> times = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        for (String value : values) {
            String digits = value.startsWith(text) ? value.substring(text.length()) : "";
            if (digits.matches("\\d{1,18}")) {
                times.merge(Long.parseLong(digits), 1, Integer::sum);
            } else {
                unexplained.add(value);
            }
        }
        long made = times.isEmpty() ? 0 : times.lastKey() + 1;
        long lost = made - times.size();
        long duplicates = times.values().stream().mapToLong(count -> count - 1L).sum();
        List<String> repeated = times.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> text + entry.getKey())
                .toList();
        Faults faults = new Faults();
        if (times.isEmpty()) {
            faults.add("nothing was generated");
        }
        faults.add(lost, "records lost", missing(times));
        faults.add(duplicates, "records duplicated", repeated);
        faults.add(unexplained.size(), "records that the generator does not make", unexplained);
        return new Verdict(
                made,
                values.size(),
                lost,
                duplicates,
                OptionalLong.empty(),
                unexplained.size(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                faults.lines());
    }

    private List<String> missing(TreeMap<Long, Integer> times) {
        List<String> missing = new ArrayList<>();
        long next = 0;
        for (long number : times.keySet()) {
            if (number != next) {
                missing.add(text + next + " to " + text + (number - 1));
            }
            next = number + 1;
        }
        return missing;
    }
}
