package io.kafkaflink.rehearsal.upgrade;

import java.util.List;

/**
 * What is to be played.
 *
 * @param scenarios names; all when empty
 * @param recordsPerSecond load of each pipeline
 * @param runs how often each
 * @param crashes points of each scenario at which something dies, for each kind of victim; 0 for none
 * @param seed chooses the points
 */
public record UpgradeOptions(List<String> scenarios, int recordsPerSecond, int runs, int crashes, long seed) {
    public UpgradeOptions {
        scenarios = List.copyOf(scenarios);
    }

    boolean wants(String scenario) {
        return scenarios.isEmpty() || scenarios.contains(scenario);
    }
}
