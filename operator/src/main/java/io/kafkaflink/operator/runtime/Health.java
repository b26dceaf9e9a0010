package io.kafkaflink.operator.runtime;

import java.util.List;

/**
 * The answer to a probe.
 *
 * @param problems what is wrong, one sentence each; none when healthy
 */
record Health(List<String> problems) {
    Health {
        problems = List.copyOf(problems);
    }

    static Health good() {
        return new Health(List.of());
    }

    boolean isGood() {
        return problems.isEmpty();
    }
}
