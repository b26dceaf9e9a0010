package io.kafkaflink.operator.plan;

import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.operator.api.v1alpha1.RestoreSpec;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The state of a job of elsewhere that a first start takes over ({@code spec.state.restoreFrom}): as in a change of uids, the
 * source starts where the savepoint ends, and steps keep what has their uid.
 *
 * @param sourceUid of that job
 * @param sinkUids of that job, by the names of the sinks here
 */
record RestoredState(String savepoint, String sourceUid, Map<String, String> sinkUids) {
    private static final String FIRST_SOURCE = "source-1";

    /**
     * Empty when the spec names none, or when a job of this pipeline has run that was not started from it: what that one
     * left is newer.
     */
    static Optional<RestoredState> of(Situation situation) {
        boolean starting = situation
                .change()
                .filter(change -> Change.is(change, ChangeKind.FirstStart) && change.savepoint() != null)
                .isPresent();
        return Optional.ofNullable(situation.spec().state().restoreFrom())
                .filter(given -> starting || Deployed.lastJob(situation) == null)
                .map(RestoredState::of);
    }

    private static RestoredState of(RestoreSpec given) {
        return new RestoredState(
                given.savepointPath(), given.sourceUid() == null ? FIRST_SOURCE : given.sourceUid(), given.sinkUids());
    }

    /** For the order to arm. */
    ArmOrder.From from() {
        return new ArmOrder.From(null, null, sourceUid, sinkUids, null);
    }

    /** uids of source and sinks that the new revision does not have, committers included; sorted. */
    List<String> leftBehind(Revision to) {
        TreeSet<String> uids = new TreeSet<>();
        if (!sourceUid.equals(to.uids().source())) {
            uids.add(sourceUid);
        }
        sinkUids.values().stream()
                .filter(uid -> !to.uids().sinks().containsValue(uid))
                .forEach(uid -> {
                    uids.add(uid);
                    uids.add(OperatorIds.committerUid(uid));
                });
        return List.copyOf(uids);
    }
}
