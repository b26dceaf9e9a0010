package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.stage.JobVersions;
import io.kafkaflink.rehearsal.traffic.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One thing that happens to a pipeline under load.
 *
 * @param name as in {@code make rehearse SCENARIO=name}; begins the names of its pipeline and topics
 * @param title for the table
 * @param versions that the pipeline starts with
 * @param others versions that its steps need, too
 * @param ending what it is expected to come to
 * @param input what goes in
 * @param ordered whether the order of each key has to be kept
 * @param steps after the pipeline runs and records flow
 */
public record UpgradeScenario(
        String name,
        String title,
        JobVersions versions,
        Set<JobVersions> others,
        Ending ending,
        Input input,
        boolean ordered,
        List<Step> steps) {
    public UpgradeScenario {
        others = Set.copyOf(others);
        steps = List.copyOf(steps);
    }

    /** All records to all partitions, and Ready in the end. */
    public static UpgradeScenario of(String name, String title, JobVersions versions, Step... steps) {
        return new UpgradeScenario(name, title, versions, Set.of(), Ending.READY, Input.PINNED, true, List.of(steps));
    }

    /** With versions that its steps need. */
    public UpgradeScenario also(JobVersions more) {
        return new UpgradeScenario(name, title, versions, Set.of(more), ending, input, ordered, steps);
    }

    /** With another expected end. */
    public UpgradeScenario ending(Ending expected) {
        return new UpgradeScenario(name, title, versions, others, expected, input, ordered, steps);
    }

    /** With records for some partitions only. */
    public UpgradeScenario onlyInto(IntPredicate partitions) {
        return with(new Input(Input.PINNED.partitions(), Route.pinned("", partitions)));
    }

    /** With records whose partition is the producer's choice, by their key. */
    public UpgradeScenario byKey(int partitions) {
        return with(new Input(partitions, Route.byKey("")));
    }

    private UpgradeScenario with(Input other) {
        return new UpgradeScenario(name, title, versions, others, ending, other, ordered, steps);
    }

    /** Records of a key may change their order: it is counted and not blamed. */
    public UpgradeScenario unordered() {
        return new UpgradeScenario(name, title, versions, others, ending, input, false, steps);
    }

    /** All versions it needs. */
    public Set<JobVersions> needs() {
        Set<JobVersions> all = new LinkedHashSet<>(new ArrayList<>(others));
        all.add(versions);
        return all;
    }

    /**
     * What goes into a pipeline.
     *
     * @param partitions of the topic at first, and of the output's
     */
    public record Input(int partitions, Route route) {
        /** Each key stays in its partition. */
        static final Input PINNED = new Input(4, Route.pinned("", partition -> true));
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
