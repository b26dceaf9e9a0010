package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The state of a job of elsewhere that a first start takes over ({@code spec.state.restoreFrom}): as in a change of uids, the
 * source starts where the savepoint ends, and steps keep what has their uid.
 *
 * @param uids of that job; sinks by their names here
 */
record RestoredState(String savepoint, Uids uids) {

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
                .map(given -> new RestoredState(
                        given.savepointPath(),
                        new Uids(
                                given.sourceUid() == null
                                        ? Target.firstUids(situation.spec()).source()
                                        : given.sourceUid(),
                                given.sinkUids())));
    }

    /** What a first start is to be started from; null for nothing. */
    static String savepoint(Situation situation) {
        return of(situation).map(state -> state.savepoint()).orElse(null);
    }

    /** For the order to arm. */
    ArmOrder.From from() {
        return new ArmOrder.From(null, null, uids.source(), uids.sinks(), null);
    }

    /** uids of source and sinks that the new revision does not have, committers included; sorted. */
    List<String> leftBehind(Revision to) {
        return List.copyOf(new TreeSet<>(LeftBehind.bumped(uids, to.uids())));
    }
}
