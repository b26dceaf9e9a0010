package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.Transform;
import io.kafkaflink.operator.desired.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            uids.addAll(bumped(before, to));
            uids.addAll(removed(before, to));
        });
        return List.copyOf(uids);
    }

    /** uids of source and sinks that the new revision has under another name or not at all, committers included. */
    private static List<String> bumped(Revision before, Revision after) {
        List<String> uids = new ArrayList<>();
        if (!before.uids().source().equals(after.uids().source())) {
            uids.add(before.uids().source());
        }
        Map<String, String> kept = new TreeMap<>(after.uids().sinks());
        before.uids().sinks().forEach((sink, uid) -> {
            if (!uid.equals(kept.get(sink))) {
                uids.add(uid);
                uids.add(OperatorIds.committerUid(uid));
            }
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
