package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.UpgradeMark;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A handover under way: both FlinkDeployments, and what operator and new job have said to each other. What the job wrote
 * counts only when it is of the very job that is there.
 *
 * @param oldSlot empty at a first start
 * @param from revision that is left; empty at a first start, or when it is gone from the store
 * @param to revision that is reached; empty when it is neither stored nor to be rendered any more
 */
record HandOver(
        Situation situation,
        UpgradeStatus change,
        Optional<Slot> oldSlot,
        Slot newSlot,
        Optional<Revision> from,
        Optional<Revision> to) {

    /** @param wanted the revision that the spec asks for now, which may be the one under way before it was stored */
    static HandOver of(Situation situation, UpgradeStatus change, Optional<Revision> wanted) {
        Optional<Slot> oldSlot = Slot.of(situation.id(), change.fromDeployment());
        Slot newSlot = Slot.of(situation.id(), change.toDeployment())
                .or(() -> oldSlot.map(Slot::other))
                .orElse(Slot.A);
        Optional<Revision> to = Optional.ofNullable(situation.seen().revisions().get(change.to()))
                .or(() -> wanted.filter(revision -> revision.name().equals(change.to())));
        Optional<Revision> from =
                Optional.ofNullable(change.from()).map(situation.seen().revisions()::get);
        return new HandOver(situation, change, oldSlot, newSlot, from, to);
    }

    Optional<FlinkJobState> oldJob() {
        return oldSlot.flatMap(situation.seen()::flinkJob);
    }

    Optional<FlinkJobState> newJob() {
        return situation.seen().flinkJob(newSlot);
    }

    /** Nothing ran before, so that nothing can be gone back to. */
    boolean first() {
        return oldSlot.isEmpty();
    }

    /** The old job was stopped before, on somebody's wish, and stays so if this fails. */
    boolean resumes() {
        return Change.is(change, ChangeKind.Resume);
    }

    /** It starts from a certain savepoint of its own revision, not from what the old job leaves when it stops. */
    boolean isGivenItsState() {
        return Change.is(change, ChangeKind.Rollback) || hasNoWayBack();
    }

    /** What a first start takes over, when it does. */
    Optional<RestoredState> restored() {
        return RestoredState.of(situation)
                .filter(state -> first() && state.savepoint().equals(change.savepoint()));
    }

    /** State that nobody in the new job takes up, on purpose. */
    List<String> leftBehind(Revision revision) {
        return isGivenItsState()
                ? List.of()
                : restored().map(state -> state.leftBehind(revision)).orElseGet(() -> LeftBehind.uids(from, revision));
    }

    /** What it starts from is newer than all that the old job could be resumed from. */
    boolean hasNoWayBack() {
        return Change.is(change, ChangeKind.Recreate) && !first();
    }

    /** The revision whose state it takes over. */
    Optional<Revision> takesOver() {
        return isGivenItsState() ? to : from;
    }

    Optional<HandoverState> said() {
        return situation.seen().handover(newSlot);
    }

    /** Id of the new job: the one that was told to go, before that the one that FKO has given. */
    Optional<String> jobId() {
        return Optional.ofNullable(change.jobId()).or(() -> newJob().map(FlinkJobState::jobId));
    }

    Optional<ArmOrder> order() {
        return said(HandoverState::order).filter(order -> order.upgradeId().equals(change.id()));
    }

    /** The verdict of the job that waits now, on this revision. */
    Optional<ArmVerdict> armed() {
        return said(HandoverState::armed)
                .filter(verdict -> isNewJob(verdict.jobId()) && change.to().equals(verdict.revision()));
    }

    /** What the old job left unread of its partitions has to be read before the new ones are. */
    boolean drains() {
        return !first() && !isGivenItsState() && PartitionSet.drains(from, to);
    }

    /** Producers have had the time to learn of new partitions. */
    boolean settled() {
        return Change.in(change, UpgradeStep.DRAIN) && overdue(situation.producerSettle());
    }

    /** The new job has seen that the old one has read on. */
    Optional<DrainReport> drained() {
        return said(HandoverState::drained)
                .filter(report -> isNewJob(report.jobId()) && change.id().equals(report.upgradeId()));
    }

    Optional<GoOrder> go() {
        return said(HandoverState::go).filter(go -> isNewJob(go.jobId()));
    }

    Optional<GoResult> result() {
        return said(HandoverState::result).filter(result -> isNewJob(result.jobId()));
    }

    Optional<Verification> verified() {
        return said(HandoverState::verified).filter(verified -> isNewJob(verified.jobId()));
    }

    /** Number of a completed checkpoint of the new job, which its output belongs to. */
    Optional<Long> checkpoint() {
        return verified().map(Verification::checkpointId).filter(id -> id > 0).or(() -> result().flatMap(result ->
                jobId().map(situation.seen().checkpoints()::get).filter(id -> id > result.checkpointId())));
    }

    /** The old job has stopped, and its savepoint is proven: FKO's snapshot has the very path that FKO would resume from. */
    Optional<String> stopSavepoint() {
        return oldJob().filter(FlinkJobState::suspended)
                .flatMap(FlinkJobState::stopSavepoint)
                .filter(path -> SavepointLedger.proven(situation, path));
    }

    /** An unreadable key that the step waits for, in words. */
    <T extends HandoverDocument> Optional<String> unreadable(Function<HandoverState, Reading<T>> key) {
        return said().map(key)
                .flatMap(reading -> reading instanceof Reading.Unreadable<T> fault
                        ? Optional.of(fault.message())
                        : Optional.empty());
    }

    private <T extends HandoverDocument> Optional<T> said(Function<HandoverState, Reading<T>> key) {
        return said().map(key)
                .flatMap(reading ->
                        reading instanceof Reading.Found<T> found ? Optional.of(found.document()) : Optional.empty());
    }

    private boolean isNewJob(String id) {
        return jobId().filter(id::equals).isPresent();
    }

    /** Why it is taken back. */
    Cause cause() {
        return Cause.of(change.message());
    }

    /** How long the step under way has taken so far. */
    boolean overdue(Duration limit) {
        return situation.since(change.stepStartedAt()).compareTo(limit) > 0;
    }

    Optional<UpgradeMark> mark(UpgradeStep step) {
        return Optional.of(new UpgradeMark(change.id(), step.text()));
    }

    String oldName() {
        return name(oldSlot.orElse(newSlot.other()));
    }

    String newName() {
        return name(newSlot);
    }

    private String name(Slot slot) {
        return "FlinkDeployment " + situation.id().namespace() + "/" + slot.deploymentName(situation.id());
    }
}
