package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.RejectedStatus;
import io.kafkaflink.operator.desired.Revision;
import java.util.Optional;

/** What was tried and taken back is not tried again by itself: the same inputs would fail again, and cost a stop each time. */
final class Rejection {
    private Rejection() {}

    /** For status, when a handover ended badly. */
    static RejectedStatus of(HandOver handOver, Cause cause) {
        return new RejectedStatus(
                handOver.to().map(Revision::inputHash).orElse(handOver.change().to()),
                handOver.change().id(),
                cause.reason(),
                cause.message(),
                handOver.situation().now(),
                handOver.situation().spec().upgrade().retryNonce());
    }

    /** For status, after going back on request: what is left stays left. */
    static RejectedStatus requested(HandOver handOver, Revision wanted) {
        Long nonce = handOver.situation().spec().upgrade().retryNonce();
        return new RejectedStatus(
                wanted.inputHash(),
                handOver.change().id(),
                Reasons.ROLLBACK_REQUESTED,
                "gone back to revision " + handOver.change().to() + " and savepoint "
                        + handOver.change().savepoint() + " on request",
                handOver.situation().now(),
                nonce);
    }

    /** Why this revision is not tried. */
    static Optional<Refusal> refusal(RejectedStatus rejected, Situation situation, Revision wanted) {
        return Optional.ofNullable(rejected)
                .filter(found -> holds(situation, found, wanted))
                .map(found -> Refusal.stalled(
                        Reasons.ROLLED_BACK,
                        situation.reference() + ": upgrade " + found.upgradeId()
                                + " to what the spec asks for was taken"
                                + " back, " + found.reason() + ": " + found.message()
                                + ". It is tried again with another spec, or when spec.upgrade.retryNonce differs from "
                                + found.retryNonce() + "; going back in the spec ends this"));
    }

    private static boolean holds(Situation situation, RejectedStatus rejected, Revision wanted) {
        boolean again = !situation.spec().upgrade().retryNonce().equals(rejected.retryNonce())
                || Requests.pending(situation).filter(Requests.Request::retries).isPresent();
        return wanted.inputHash().equals(rejected.inputHash()) && !again;
    }
}
