package io.kafkaflink.rehearsal.check;

import java.util.ArrayList;
import java.util.List;

/** Faults in plain words: the first few of each kind, and how many there were. */
final class Faults {
    private static final int SHOWN = 3;

    private final List<String> lines = new ArrayList<>();

    /** Notes one kind of fault with its examples; none when the count is 0. */
    void add(long count, String what, List<?> examples) {
        if (count > 0) {
            String shown = examples.stream()
                    .limit(SHOWN)
                    .map(String::valueOf)
                    .reduce((first, second) -> first + ", " + second)
                    .map(list -> ", as in " + list)
                    .orElse("");
            lines.add(count + " " + what + shown);
        }
    }

    /** Notes one fault. */
    void add(String fault) {
        lines.add(fault);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
