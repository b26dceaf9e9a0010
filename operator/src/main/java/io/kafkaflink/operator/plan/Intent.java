package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.Revision;
import java.util.Objects;
import java.util.Optional;

/**
 * What the spec asks for while a handover is under way.
 *
 * @param target empty while guards or topics are in the way
 */
record Intent(Situation situation, Optional<Target> target) {

    Optional<Revision> wanted() {
        return target.flatMap(
                found -> found instanceof Target.Wanted wanted ? Optional.of(wanted.revision()) : Optional.empty());
    }

    /** Why a handover that has not stopped anything yet is taken back: it is no longer what is wanted. */
    Optional<Cause> superseding(HandOver handOver) {
        if (situation.suspendWanted() && !handOver.hasNoWayBack()) {
            return Optional.of(Cause.superseded("the pipeline is to be suspended"));
        }
        if (handOver.isGivenItsState()) {
            return Optional.empty();
        }
        if (Change.is(handOver.change(), ChangeKind.FirstStart)
                && !Objects.equals(handOver.change().savepoint(), RestoredState.savepoint(situation))) {
            return Optional.of(Cause.superseded("spec.state.restoreFrom was changed"));
        }
        if (backRequested()) {
            return Optional.of(new Cause(
                    Reasons.ROLLBACK_REQUESTED,
                    "the annotation kafkaflink.io/request asks to stay with what is deployed"));
        }
        if (target.isPresent() && target.get() instanceof Target.Refused refused) {
            return Optional.of(Cause.superseded(
                    "the spec was changed and is refused: " + refused.refusal().message()));
        }
        return wanted().filter(
                        revision -> !revision.name().equals(handOver.change().to()))
                .map(revision -> Cause.superseded("the spec asks for revision " + revision.name() + " by now"));
    }

    boolean backRequested() {
        return Requests.pending(situation).filter(Requests.Request::goesBack).isPresent();
    }

    /** Guards or topics are in the way of the very revision that is under way. */
    boolean held(HandOver handOver) {
        return wanted().isEmpty() && !handOver.isGivenItsState();
    }

    Action store(Revision revision) {
        return new Action.StoreRevision(revision, situation.owning(), "revision " + revision.name());
    }
}
