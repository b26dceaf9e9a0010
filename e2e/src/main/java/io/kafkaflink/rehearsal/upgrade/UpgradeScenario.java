package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.stage.JobVersions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing that happens to a pipeline under load.
 *
 * @param name as in {@code make rehearse SCENARIO=name}; begins the names of its pipeline and topics
 * @param title for the table
 * @param versions that the pipeline starts with
 * @param others versions that its steps need, too
 * @param ending what it is expected to come to
 * @param busy partitions of the input that get records, all when empty
 * @param steps after the pipeline runs and records flow
 */
public record UpgradeScenario(
        String name,
        String title,
        JobVersions versions,
        Set<JobVersions> others,
        Ending ending,
        Set<Integer> busy,
        List<Step> steps) {
    public static final int PARTITIONS = 4;

    public UpgradeScenario {
        others = Set.copyOf(others);
        busy = Set.copyOf(busy);
        steps = List.copyOf(steps);
    }

    /** All records to all partitions, and Ready in the end. */
    public static UpgradeScenario of(String name, String title, JobVersions versions, Step... steps) {
        return new UpgradeScenario(name, title, versions, Set.of(), Ending.READY, Set.of(), List.of(steps));
    }

    /** With versions that its steps need. */
    public UpgradeScenario also(JobVersions more) {
        return new UpgradeScenario(name, title, versions, Set.of(more), ending, busy, steps);
    }

    /** With another expected end. */
    public UpgradeScenario ending(Ending expected) {
        return new UpgradeScenario(name, title, versions, others, expected, busy, steps);
    }

    /** With records for these partitions only. */
    public UpgradeScenario onlyInto(Integer... partitions) {
        return new UpgradeScenario(name, title, versions, others, ending, Set.of(partitions), steps);
    }

    /** All versions it needs. */
    public Set<JobVersions> needs() {
        Set<JobVersions> all = new LinkedHashSet<>(new ArrayList<>(others));
        all.add(versions);
        return all;
    }

    /** How a scenario is expected to end. */
    public enum Ending {
        /** The change is in force. */
        READY("Ready"),
        /** The old job runs again, or never stopped. */
        ROLLED_BACK("RolledBack");

        private final String word;

        Ending(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
