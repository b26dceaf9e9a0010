package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.plan.StepOutcome.Advance;
import io.kafkaflink.operator.plan.StepOutcome.TakeBack;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import java.time.Instant;

/**
 * Step 1b Drain, of a growth that keeps the order of each key: producers get time to learn of the new partitions, then the
 * old job reads on until it has a completed checkpoint beyond all that its partitions held at that time. Records of a key
 * that moved are read in its old partition before the new one is read at all. The new job stays armed.
 */
final class DrainStep {
    private final HandOver handOver;
    private final Intent intent;

    DrainStep(HandOver handOver, Intent intent) {
        this.handOver = handOver;
        this.intent = intent;
    }

    StepOutcome outcome() {
        if (handOver.newJob().isEmpty()) {
            return Advance.to(UpgradeStep.ARM);
        }
        StepOutcome armed = new ArmStep(handOver, intent).outcome();
        if (!(armed instanceof Advance)) {
            return armed;
        }
        if (!handOver.settled()) {
            return Wait.quiet("the new job is armed; producers get until "
                    + settledAt()
                    + " to learn of the new partitions (spec.upgrade.producerSettle)");
        }
        if (handOver.drained().isPresent()) {
            return Advance.to(UpgradeStep.STOP);
        }
        String waits =
                handOver.oldName() + " reads on, until it has a completed checkpoint beyond all that its partitions"
                        + " held at " + settledAt();
        return handOver.overdue(handOver.situation().drainLimit())
                ? new TakeBack(
                        UpgradeStep.ABORT,
                        new Cause(
                                Reasons.DRAIN_OVERDUE,
                                waits + ", for over "
                                        + handOver.situation().drainTimeout().toSeconds()
                                        + "s (spec.upgrade.stepTimeouts.drain). See how far its consumer group is behind"
                                        + " and whether its checkpoints complete; the topic stays grown, and its new"
                                        + " partitions are read once this is tried again (spec.upgrade.retryNonce)"))
                : Wait.quiet(waits);
    }

    private Instant settledAt() {
        return handOver.change().stepStartedAt().plus(handOver.situation().producerSettle());
    }
}
