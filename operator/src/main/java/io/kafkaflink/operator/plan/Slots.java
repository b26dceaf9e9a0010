package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Slot;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the two FlinkDeployments is the pipeline's, and which is free for the next.
 *
 * @param current the one whose job counts: in a handover the old one until step 5 Settle, then the new one
 */
record Slots(Slot current) {

    static Slots of(Situation situation) {
        return new Slots(situation
                .change()
                .flatMap(change -> inHandOver(situation, change))
                .or(() -> remembered(situation)
                        .filter(slot -> situation.seen().flinkJob(slot).isPresent()))
                .or(() -> present(situation))
                .or(() -> remembered(situation))
                .orElse(Slot.A));
    }

    Slot free() {
        return current.other();
    }

    private static Optional<Slot> inHandOver(Situation situation, UpgradeStatus change) {
        boolean settling = Change.in(change, UpgradeStep.SETTLE) || change.fromDeployment() == null;
        return Optional.of(change)
                .filter(Change::isHandOver)
                .map(each -> settling ? each.toDeployment() : each.fromDeployment())
                .flatMap(name -> Slot.of(situation.id(), name));
    }

    private static Optional<Slot> present(Situation situation) {
        return Stream.of(Slot.values())
                .filter(slot -> situation.seen().flinkJob(slot).isPresent())
                .min(Comparator.comparing(slot -> situation
                        .seen()
                        .flinkJob(slot)
                        .filter(Leftover::isArmedOnly)
                        .isPresent()));
    }

    private static Optional<Slot> remembered(Situation situation) {
        return Optional.ofNullable(situation.memory().deployed())
                .map(DeployedStatus::flinkDeployment)
                .flatMap(name -> Slot.of(situation.id(), name));
    }
}
