package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Handovers;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the operator tells a new job. */
final class Orders {
    private static final String CHECKPOINT_DIR = "execution.checkpointing.dir";
    /** Dangers that only the job can see; a document holds 4 kB. */
    private static final Set<Risk> OF_THE_JOB =
            Set.of(Risk.DroppedState, Risk.RecordsExpired, Risk.RepeatedOutput, Risk.FreshStart);

    private static final int MOST_ACKNOWLEDGED = 8;

    private Orders() {}

    /** To check itself and wait. An order that stands there keeps its path of the newest state, which is only a hint. */
    static ArmOrder arm(HandOver handOver, Revision to) {
        return Handovers.fitted(new ArmOrder(
                null,
                handOver.change().id(),
                to.name(),
                to.configHash(),
                from(handOver).orElse(null),
                handOver.leftBehind(to),
                handOver.order()
                        .filter(before -> !handOver.isGivenItsState())
                        .map(ArmOrder::newestState)
                        .orElseGet(() -> newestState(handOver)),
                plannedDowntime(handOver.situation()),
                partitions(handOver),
                acknowledged(handOver.situation()),
                null,
                handOver.settled()));
    }

    /**
     * To go on from a savepoint.
     *
     * @param savepoint null for a first start
     */
    static GoOrder go(HandOver handOver, ArmOrder order, String jobId, String savepoint) {
        return new GoOrder(
                null,
                handOver.change().id(),
                jobId,
                savepoint,
                savepoint == null ? GoOrder.Offsets.StartingOffsets : GoOrder.Offsets.Savepoint,
                savepoint == null ? List.of() : order.expectedDropped(),
                acknowledged(handOver.situation()));
    }

    /** To a job that FKO tells where to start: it needs only what was accepted. */
    static ArmOrder told(Situation situation, String upgradeId, Revision revision, String savepoint) {
        return new ArmOrder(
                null,
                upgradeId,
                revision.name(),
                revision.configHash(),
                null,
                List.of(),
                savepoint,
                plannedDowntime(situation),
                Map.of(),
                acknowledged(situation),
                null,
                null);
    }

    /** To the old job that is resumed: to look first whether the one that was given up has written a checkpoint. */
    static ArmOrder resume(HandOver handOver, Revision from, String abandonedJob) {
        return new ArmOrder(
                null,
                handOver.change().id(),
                from.name(),
                from.configHash(),
                null,
                List.of(),
                handOver.change().savepoint(),
                plannedDowntime(handOver.situation()),
                Map.of(),
                acknowledged(handOver.situation()),
                new ArmOrder.Abandoned(
                        handOver.change().id(),
                        abandonedJob,
                        handOver.to()
                                .flatMap(to -> checkpoints(to, abandonedJob))
                                .orElse(null),
                        null),
                null);
    }

    private static Optional<ArmOrder.From> from(HandOver handOver) {
        return handOver.restored().map(RestoredState::from).or(() -> handOver.from()
                .flatMap(revision -> handOver.oldSlot().map(slot -> from(handOver, revision, slot))));
    }

    private static ArmOrder.From from(HandOver handOver, Revision revision, Slot slot) {
        Uids uids = handOver.takesOver().orElse(revision).uids();
        return new ArmOrder.From(
                revision.name(),
                slot.deploymentName(handOver.situation().id()),
                uids.source(),
                uids.sinks(),
                handOver.isGivenItsState()
                        ? null
                        : handOver.oldJob()
                                .map(FlinkJobState::jobId)
                                .flatMap(id -> checkpoints(revision, id))
                                .orElse(null));
    }

    /** {@code <checkpoint dir>/<job id>}. */
    private static Optional<String> checkpoints(Revision revision, String jobId) {
        return revision.deploymentSpec().get("flinkConfiguration") instanceof Map<?, ?> options
                        && options.get(CHECKPOINT_DIR) instanceof String folder
                ? Optional.of(folder + "/" + jobId)
                : Optional.empty();
    }

    private static String newestState(HandOver handOver) {
        if (handOver.first()) {
            return handOver.change().savepoint();
        }
        return Optional.ofNullable(handOver.change().savepoint())
                .or(() -> handOver.oldJob().flatMap(FlinkJobState::stopSavepoint))
                .or(() -> new SavepointLedger(handOver.situation()).newest().map(SavepointStatus::path))
                .orElse(null);
    }

    /** From the stop to the first commit of the new job, as the CRD's rule on transactionTimeout adds it up. */
    private static String plannedDowntime(Situation situation) {
        return situation.handoverTimeout().plus(situation.startTimeout()).toSeconds() + "s";
    }

    /** Of topics that no KafkaTopic stands for; the others are proven before anything starts. */
    private static Map<String, Integer> partitions(HandOver handOver) {
        Map<String, Integer> partitions = new TreeMap<>();
        NamedTopic.of(handOver.situation().spec()).stream()
                .map(NamedTopic::topic)
                .filter(topic -> topic.management() == Topic.Management.External && topic.partitions() != null)
                .forEach(topic -> partitions.put(topic.name(), topic.partitions()));
        return partitions;
    }

    private static List<Acknowledgement> acknowledged(Situation situation) {
        return situation.spec().upgrade().acknowledge().stream()
                .filter(entry -> OF_THE_JOB.contains(entry.risk()))
                .limit(MOST_ACKNOWLEDGED)
                .map(entry ->
                        new Acknowledgement(entry.risk().name(), entry.value().strip()))
                .toList();
    }
}
