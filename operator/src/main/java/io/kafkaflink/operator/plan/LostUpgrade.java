package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus.Procedure;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A handover that is under way and that status does not tell of: somebody deleted the status. The handover ConfigMaps say
 * which FlinkDeployment is the new one and how far it came; ids of upgrades are times, so that the newest order counts.
 */
final class LostUpgrade {
    /** Steps before the go that a mark can tell of. */
    private static final Set<UpgradeStep> EARLY = EnumSet.of(UpgradeStep.STOP, UpgradeStep.ABORT, UpgradeStep.ROLLBACK);

    private final Situation situation;
    private final Slot slot;
    private final HandoverState said;
    private final ArmOrder order;

    private LostUpgrade(Situation situation, Slot slot, HandoverState said, ArmOrder order) {
        this.situation = situation;
        this.slot = slot;
        this.said = said;
        this.order = order;
    }

    /** The same situation, with the change under way even if status has lost it. */
    static Situation found(Situation situation) {
        if (situation.change().isPresent()) {
            return situation;
        }
        return Stream.of(Slot.values())
                .flatMap(slot -> of(situation, slot).stream())
                .filter(LostUpgrade::isUnderWay)
                .max(Comparator.comparing(lost -> lost.order.upgradeId()))
                .map(lost -> situation.with(lost.status()))
                .orElse(situation);
    }

    private static Optional<LostUpgrade> of(Situation situation, Slot slot) {
        return situation.seen().handover(slot).flatMap(said -> found(said.order())
                .filter(order -> order.revision() != null && order.abandoned() == null)
                .map(order -> new LostUpgrade(situation, slot, said, order)));
    }

    private boolean isUnderWay() {
        LastUpgradeStatus last = situation.memory().lastUpgrade();
        if (last != null && last.id() != null && order.upgradeId().compareTo(last.id()) <= 0) {
            return false;
        }
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        boolean beside = situation.seen().flinkJob(slot.other()).isPresent();
        if (beside) {
            return job.isPresent() && takesOverFromTheOther();
        }
        // Alone and not verified: a first start, unless the job is known to have run.
        boolean known = situation.memory().deployed() != null
                && situation.memory().deployed().jobId() != null;
        return job.filter(found -> order.revision().equals(found.revision()) && !Deployed.ranOnce(found))
                        .filter(this::isStillTheFirst)
                        .isPresent()
                && verified().isEmpty()
                && !known;
    }

    /** The job that was told to go, not one that the Flink operator has started or stopped since for another reason. */
    private boolean isStillTheFirst(FlinkJobState job) {
        boolean another =
                found(said.go()).filter(go -> !go.jobId().equals(job.jobId())).isPresent();
        return !another && !job.suspended();
    }

    private boolean takesOverFromTheOther() {
        return order.from() != null
                && slot.other()
                        .deploymentName(situation.id())
                        .equals(order.from().deployment());
    }

    private UpgradeStatus status() {
        boolean takesOver = takesOverFromTheOther();
        Optional<GoOrder> go = found(said.go());
        UpgradeStep step = step(takesOver, go);
        return new UpgradeStatus(
                order.upgradeId(),
                kind(takesOver).name(),
                step.text(),
                order.from() == null ? null : order.from().revision(),
                order.revision(),
                situation.now(),
                situation.now(),
                go.map(GoOrder::savepoint).orElse(null),
                Procedure.HandOver,
                takesOver ? order.from().deployment() : null,
                slot.deploymentName(situation.id()),
                go.map(GoOrder::jobId).orElse(null),
                null,
                null);
    }

    /** What was written tells: the go and the job's answers, and the step that stands beside our last write. */
    private UpgradeStep step(boolean takesOver, Optional<GoOrder> go) {
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        Optional<FlinkJobState> old = situation.seen().flinkJob(slot.other()).filter(found -> takesOver);
        Optional<UpgradeStep> marked = old.flatMap(this::marked).or(() -> job.flatMap(this::marked));
        boolean goes = job.filter(FlinkJobState::deleting).isPresent();
        if (go.isEmpty()) {
            boolean aborts = goes && takesOver;
            return aborts ? UpgradeStep.ABORT : marked.filter(EARLY::contains).orElse(UpgradeStep.ARM);
        }
        boolean oldRuns =
                old.filter(found -> !"suspended".equals(found.desiredState())).isPresent();
        if (takesOver && (goes || oldRuns)) {
            return UpgradeStep.ROLLBACK;
        }
        if (job.flatMap(this::marked).filter(UpgradeStep.SETTLE::equals).isPresent()) {
            return UpgradeStep.SETTLE;
        }
        return found(said.result())
                        .filter(result -> result.outcome() == GoResult.Outcome.Started)
                        .filter(result -> result.jobId().equals(go.get().jobId()))
                        .isPresent()
                ? UpgradeStep.VERIFY
                : UpgradeStep.GO;
    }

    private Optional<UpgradeStep> marked(FlinkJobState job) {
        return job.mark()
                .filter(mark -> mark.upgradeId().equals(order.upgradeId()))
                .flatMap(mark -> UpgradeStep.of(mark.step()));
    }

    private Optional<Verification> verified() {
        Optional<String> job = situation.seen().flinkJob(slot).map(FlinkJobState::jobId);
        return found(said.verified())
                .filter(verified -> job.filter(verified.jobId()::equals).isPresent());
    }

    private ChangeKind kind(boolean takesOver) {
        if (!takesOver) {
            return ChangeKind.FirstStart;
        }
        Optional<Revision> from = Optional.ofNullable(order.from().revision())
                .map(situation.seen().revisions()::get);
        Optional<Revision> to = Optional.ofNullable(situation.seen().revisions().get(order.revision()));
        return from.flatMap(
                        before -> to.map(after -> ChangeClass.of(before, after).kind()))
                .filter(kind -> kind != ChangeKind.None)
                .orElse(ChangeKind.Configuration);
    }

    private static <T extends HandoverDocument> Optional<T> found(Reading<T> reading) {
        return reading instanceof Reading.Found<T> found ? Optional.of(found.document()) : Optional.empty();
    }
}
