package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.HandoverState;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a FlinkDeployment that has to be created starts from. An older savepoint than the last would repeat output. */
sealed interface StartingPoint {

    /** The pipeline never ran, or its user accepts to start without its state. */
    record Fresh() implements StartingPoint {}

    /**
     * The FlinkDeployment is made again.
     *
     * @param savepoint of the very job that ran last; null when none ever ran
     */
    record Again(String savepoint) implements StartingPoint {}

    /** A job ran or may have run, and what it left is not to be found. */
    record Unknown(Refusal refusal) implements StartingPoint {}

    static StartingPoint of(Situation situation) {
        SavepointLedger ledger = new SavepointLedger(situation);
        Optional<SavepointStatus> newest = ledger.newest();
        String jobId = Deployed.lastJob(situation);
        UpgradeStatus change = situation.change().orElse(null);
        boolean untold = newest.filter(ledger::isNew)
                .filter(savepoint -> change == null || !savepoint.path().equals(change.savepoint()))
                .isPresent();
        // A job that nobody saw went on from what the last one left; what a stranger left is not taken.
        boolean continued = jobId == null ? ledger.ofOneJob() : ledger.has(jobId);
        if (untold && continued) {
            return new Again(newest.get().path());
        }
        if (Change.is(change, ChangeKind.Recreate) && (change.savepoint() != null || !wasThere(change))) {
            return new Again(change.savepoint());
        }
        if (jobId == null) {
            return neverSeenRunning(situation, change, newest.isPresent());
        }
        return newest.filter(savepoint -> StatePath.of(savepoint.path(), jobId))
                .<StartingPoint>map(savepoint -> new Again(savepoint.path()))
                .orElseGet(() -> withoutState(situation, jobId));
    }

    /** A FlinkDeployment that was made and is gone may have run while nobody looked. */
    private static StartingPoint neverSeenRunning(Situation situation, UpgradeStatus change, boolean savepoints) {
        boolean first = Change.is(change, ChangeKind.FirstStart) && !wasThere(change);
        boolean blank = change == null
                && situation.memory().deployed() == null
                && (situation.seen().revisions().isEmpty() || wasOnlyArmed(situation));
        return !savepoints && (first || blank) ? new Fresh() : withoutState(situation, danger(situation, change));
    }

    /** What is left of a first start whose job was never told to go, and so has never run. */
    private static boolean wasOnlyArmed(Situation situation) {
        List<HandoverState> left = Stream.of(Slot.values())
                .flatMap(slot -> situation.seen().handover(slot).stream())
                .toList();
        return !left.isEmpty()
                && left.stream()
                        .allMatch(said -> said.go() instanceof Reading.Absent
                                && said.result() instanceof Reading.Absent
                                && said.order() instanceof Reading.Found<ArmOrder> order
                                && startsFirst(order.document()));
    }

    private static boolean startsFirst(ArmOrder order) {
        return order.from() == null ? order.newestState() == null : order.from().deployment() == null;
    }

    private static boolean wasThere(UpgradeStatus change) {
        return Change.in(change, UpgradeStep.STOP) || Change.in(change, UpgradeStep.START);
    }

    /** Names the danger as exactly as is known when no job is: the revision that was applied, or those in store. */
    private static String danger(Situation situation, UpgradeStatus change) {
        if (change != null) {
            return change.to();
        }
        if (situation.memory().deployed() != null
                && situation.memory().deployed().revision() != null) {
            return situation.memory().deployed().revision();
        }
        TreeSet<String> stored = new TreeSet<>(situation.seen().revisions().keySet());
        return stored.isEmpty() ? situation.id().qualifiedName() : stored.last();
    }

    private static StartingPoint withoutState(Situation situation, String danger) {
        return situation.accepted(Risk.FreshStart, danger) ? new Fresh() : new Unknown(lost(situation, danger));
    }

    /** Savepoints of another life of this name, which nobody has said to go on from or to forget. */
    static Optional<Refusal> found(Situation situation) {
        if (Deployed.lastJob(situation) != null) {
            return Optional.empty();
        }
        return new SavepointLedger(situation)
                .ofFormerLife()
                .filter(path -> !situation.accepted(Risk.FreshStart, path))
                .map(path -> Refusal.consent(
                        Reasons.STATE_FOUND,
                        situation.reference() + " has never run, and there is a savepoint of a job of its name, " + path
                                + "; starting anew would repeat or skip records. Go on from it by"
                                + " spec.state.restoreFrom.savepointPath, or accept a start without state",
                        Risk.FreshStart,
                        path));
    }

    /** @param danger id of the job whose state is lost, or the revision that may have run */
    static Refusal lost(Situation situation, String danger) {
        return Refusal.consent(
                Reasons.STATE_LOST,
                situation.reference() + ": a job has run, or may have (" + danger + "), and neither a savepoint nor a"
                        + " checkpoint of it is known; starting anew would lose its state and read from"
                        + " startingOffsets, which repeats or skips records. Restore its FlinkStateSnapshot, or accept a"
                        + " start without state",
                Risk.FreshStart,
                danger);
    }
}
