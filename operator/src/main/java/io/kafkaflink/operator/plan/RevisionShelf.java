package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the stored revisions that are deployed, run, under way, or named by a savepoint, and puts the others away. The
 * ConfigMap of the job that runs is mounted in its pods: a JobManager that comes back needs it.
 */
final class RevisionShelf {
    private RevisionShelf() {}

    static List<Action> tidy(Situation situation, Slot slot, JobDecision job) {
        List<Action> actions = new ArrayList<>();
        Set<String> kept = kept(situation, slot, job);
        boolean blind = blind(situation, slot);
        for (String name :
                situation.seen().revisions().keySet().stream().sorted().toList()) {
            if (!kept.contains(name) && !blind) {
                actions.add(new Action.DeleteRevision(name, "neither deployed nor named by a savepoint"));
            } else if (!situation.owning() && !situation.seen().unowned().contains(name)) {
                actions.add(new Action.DisownRevision(name, "deletionPolicy Orphan leaves it behind"));
            }
        }
        return actions;
    }

    /** Nothing tells what is in use: FlinkDeployments cannot be seen, or status is lost and there is none. */
    private static boolean blind(Situation situation, Slot slot) {
        boolean nothing = situation.seen().flinkJob(slot).isEmpty()
                && situation.memory().deployed() == null
                && situation.change().isEmpty();
        return nothing || !situation.seen().missingDefinitions().isEmpty();
    }

    private static Set<String> kept(Situation situation, Slot slot, JobDecision job) {
        Set<String> kept = new HashSet<>();
        Deployed deployed = Deployed.of(situation, slot);
        Stream.of(deployed.applied(), deployed.reconciled(), deployed.ran())
                .flatMap(Optional::stream)
                .map(Revision::name)
                .forEach(kept::add);
        Stream.of(situation.change(), Optional.ofNullable(job.upgrade()))
                .flatMap(Optional::stream)
                .flatMap(RevisionShelf::named)
                .forEach(kept::add);
        Optional.ofNullable(job.lastUpgrade()).map(LastUpgradeStatus::from).ifPresent(kept::add);
        Optional.ofNullable(job.rejected()).ifPresent(rejected -> situation.seen().revisions().values().stream()
                .filter(revision -> revision.inputHash().equals(rejected.inputHash()))
                .map(Revision::name)
                .forEach(kept::add));
        if (situation.memory().deployed() != null) {
            kept.add(situation.memory().deployed().revision());
        }
        situation.memory().savepoints().stream().map(SavepointStatus::revision).forEach(kept::add);
        situation.seen().flinkJobs().values().forEach(found -> kept.addAll(mounted(situation, found)));
        return kept;
    }

    private static Stream<String> named(UpgradeStatus change) {
        return Stream.of(Optional.ofNullable(change.from()), Optional.ofNullable(change.to()))
                .flatMap(Optional::stream);
    }

    private static List<String> mounted(Situation situation, FlinkJobState job) {
        List<String> names = new ArrayList<>();
        names.add(job.revision());
        situation.seen().revisions().values().stream()
                .filter(revision -> job.lastReconciled()
                        .filter(last -> last.args().contains(revision.configHash()))
                        .isPresent())
                .map(Revision::name)
                .forEach(names::add);
        return names;
    }
}
