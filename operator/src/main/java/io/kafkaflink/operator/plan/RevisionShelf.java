package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the stored revisions that are deployed, under way, or named by a savepoint, and puts the others away. */
final class RevisionShelf {
    private RevisionShelf() {}

    static List<Action> tidy(Situation situation, Slot slot, JobDecision job) {
        List<Action> actions = new ArrayList<>();
        Set<String> kept = kept(situation, slot, job);
        for (String name :
                situation.seen().revisions().keySet().stream().sorted().toList()) {
            if (!kept.contains(name)) {
                actions.add(new Action.DeleteRevision(name, "neither deployed nor named by a savepoint"));
            } else if (!situation.owning() && !situation.seen().unowned().contains(name)) {
                actions.add(new Action.DisownRevision(name, "deletionPolicy Orphan leaves it behind"));
            }
        }
        return actions;
    }

    private static Set<String> kept(Situation situation, Slot slot, JobDecision job) {
        Set<String> kept = new HashSet<>();
        for (FlinkJobState deployment : situation.seen().flinkJobs().values()) {
            kept.add(deployment.revision());
        }
        for (UpgradeStatus change : new UpgradeStatus[] {situation.memory().upgrade(), job.upgrade()}) {
            if (change != null) {
                kept.add(change.from());
                kept.add(change.to());
            }
        }
        if (situation.memory().deployed() != null) {
            kept.add(situation.memory().deployed().revision());
        }
        situation.memory().savepoints().stream().map(SavepointStatus::revision).forEach(kept::add);
        return kept;
    }
}
