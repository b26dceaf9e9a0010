package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.Transform;
import io.kafkaflink.operator.desired.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The state that a change leaves behind on purpose: of bumped uids, their committers, and of what was removed with consent. */
final class LeftBehind {
    private LeftBehind() {}

    /**
     * Sorted.
     *
     * @param from empty when nothing ran
     */
    static List<String> uids(Optional<Revision> from, Revision to) {
        TreeSet<String> uids = new TreeSet<>();
        from.ifPresent(before -> {
            uids.addAll(bumped(before.uids(), to.uids()));
            uids.addAll(removed(before, to));
        });
        return List.copyOf(uids);
    }

    /** uids of source and sinks that are not used any more, committers included; a sink's uid has the sink's name in it. */
    static List<String> bumped(Uids before, Uids after) {
        List<String> uids = new ArrayList<>();
        if (!before.source().equals(after.source())) {
            uids.add(before.source());
        }
        before.sinks().values().stream()
                .filter(uid -> !after.sinks().containsValue(uid))
                .forEach(uid -> {
                    uids.add(uid);
                    uids.add(OperatorIds.committerUid(uid));
                });
        return uids;
    }

    /** uids of steps with state that the new revision does not have. */
    static List<String> removed(Revision before, Revision after) {
        Optional<JobConfiguration> old = Target.readable(before);
        Optional<JobConfiguration> next = Target.readable(after);
        if (old.isEmpty() || next.isEmpty()) {
            return List.of();
        }
        List<String> kept = next.get().transforms().stream().map(Transform::id).toList();
        return old.get().transforms().stream()
                .filter(StateGuard::keepsState)
                .filter(step -> !kept.contains(step.id()))
                .map(Transform::uid)
                .toList();
    }
}
