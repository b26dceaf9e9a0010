package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.TopicState;
import io.kafkaflink.operator.plan.TopicDecision.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what the topics of a pipeline need. Partitions never shrink, a topic has one manager, a growing source topic
 * needs consent, and a topic counts only when Strimzi's status proves that it really is as wanted.
 */
final class TopicPlanner {
    private final Situation situation;
    private final TopicGrowth growth;
    private final Map<String, DesiredTopic> desired;

    private TopicPlanner(Situation situation, Slot slot) {
        this.situation = situation;
        this.growth = new TopicGrowth(situation, slot);
        this.desired = KafkaTopics.managed(situation.spec(), situation.id()).stream()
                .collect(java.util.stream.Collectors.toMap(DesiredTopic::topicName, topic -> topic, (a, b) -> a));
    }

    /** @param slot whose job reads the topics now */
    static TopicDecision plan(Situation situation, Slot slot) {
        return new TopicPlanner(situation, slot).plan();
    }

    private TopicDecision plan() {
        List<NamedTopic> topics = NamedTopic.of(situation.spec());
        List<Verdict> verdicts = topics.stream().map(this::judge).toList();
        return TopicDecision.of(
                topics,
                verdicts,
                remember(topics),
                PartitionSet.wanted(situation.spec()),
                situation.spec().givenParallelism());
    }

    private Verdict judge(NamedTopic named) {
        return switch (named.topic().management()) {
            case External -> judgeExternal(named);
            case Existing -> judgeExisting(named);
            case Managed -> judgeManaged(named);
        };
    }

    private Verdict judgeExternal(NamedTopic named) {
        int partitions = named.topic().partitions();
        int before = remembered(named).map(TopicStatus::partitions).orElse(0);
        return before > partitions
                ? Verdict.pending(shrink(named, "topic '" + named.topic().name() + "'", before))
                : new Verdict.Proven(partitions, null, List.of());
    }

    private Verdict judgeExisting(NamedTopic named) {
        String namespace = KafkaTopics.namespace(situation.spec(), situation.id());
        Optional<TopicState> found =
                inForce(situation.seen().topics(namespace, named.topic().name()));
        if (found.isEmpty()) {
            return Verdict.pending(Refusal.waiting(
                    Reasons.TOPIC_MISSING,
                    named.field() + ": no KafkaTopic for topic '"
                            + named.topic().name() + "' in namespace "
                            + namespace + "; expected one made by its owner (management: Existing). Create it, or use"
                            + " management: Managed to have this pipeline create it"));
        }
        return recreated(named, found.get())
                .<Verdict>map(refusal -> Verdict.pending(refusal))
                .orElseGet(() -> proven(named, found.get(), List.of()));
    }

    private Verdict judgeManaged(NamedTopic named) {
        DesiredTopic wanted = desired.get(named.topic().name());
        List<TopicState> all =
                situation.seen().topics(wanted.namespace(), named.topic().name());
        Optional<TopicState> ours = all.stream()
                .filter(topic -> pipeline().equals(topic.pipeline()))
                .findFirst();
        if (ours.isPresent()) {
            return judgeOurs(named, wanted, ours.get());
        }
        Optional<TopicState> foreign = inForce(all);
        if (foreign.isPresent()) {
            return judgeForeign(named, wanted, foreign.get());
        }
        if (!all.isEmpty()) {
            return Verdict.pending(deleting(all.get(0)));
        }
        return new Verdict.Pending(
                Refusal.waiting(
                        Reasons.TOPIC_CREATING,
                        "KafkaTopic " + wanted.namespace() + "/" + wanted.resourceName() + " with "
                                + wanted.partitions() + " partitions is being created; wait for the Topic Operator"),
                List.of(new Action.ApplyTopic(wanted, "topic '" + wanted.topicName() + "' is missing")));
    }

    private Verdict judgeForeign(NamedTopic named, DesiredTopic wanted, TopicState found) {
        if (found.pipeline() != null) {
            return Verdict.pending(Refusal.stalled(
                    Reasons.TOPIC_MANAGED_TWICE,
                    named.field() + ": " + found.reference() + " belongs to KafkaFlinkPipeline " + found.pipeline()
                            + "; a topic has one manager. Use management: Existing here, or remove it there"));
        }
        if (!pipeline().equals(found.adoptBy())) {
            return Verdict.pending(Refusal.stalled(
                    Reasons.FOREIGN_TOPIC,
                    named.field() + ": " + found.reference() + " exists and belongs to nobody's pipeline; it is not"
                            + " taken over unasked. Use management: Existing, or let its owner annotate it with"
                            + " kafkaflink.io/adopt-by: " + pipeline()));
        }
        List<String> stripped = found.config().keySet().stream()
                .filter(key -> !wanted.config().containsKey(key))
                .sorted()
                .toList();
        if (!stripped.isEmpty()) {
            return Verdict.pending(Refusal.stalled(
                    Reasons.ADOPTION_STRIPS_CONFIG,
                    named.field() + ": adopting " + found.reference() + " would remove its config " + stripped
                            + ". Add these keys to " + named.field() + ".config first"));
        }
        Optional<Refusal> refusal = change(named, found).or(() -> growth.held(named, partitionsOf(named, found)));
        if (refusal.isPresent()) {
            return Verdict.pending(refusal.get());
        }
        DesiredTopic adopted = wanted.withResourceName(found.resourceName());
        return new Verdict.Pending(
                Refusal.waiting(
                        Reasons.TOPIC_CREATING, found.reference() + " is being adopted; wait for the Topic Operator"),
                List.of(new Action.ApplyTopic(adopted, "its owner asked to have it adopted")));
    }

    private Verdict judgeOurs(NamedTopic named, DesiredTopic wanted, TopicState found) {
        if (found.deleting()) {
            return Verdict.pending(deleting(found));
        }
        Optional<Refusal> refusal = change(named, found);
        if (refusal.isPresent()) {
            return Verdict.pending(refusal.get());
        }
        Optional<Refusal> held = growth.held(named, partitionsOf(named, found));
        DesiredTopic target = wanted.withResourceName(found.resourceName());
        if (held.isPresent()) {
            target = target.withPartitions(partitionsOf(named, found));
        }
        String difference = TopicDifference.between(target, found);
        if (difference.isEmpty()) {
            Verdict verdict = proven(named, found, List.of());
            return held.isPresent() && verdict instanceof Verdict.Proven proven ? proven.held(held.get()) : verdict;
        }
        return new Verdict.Pending(
                Refusal.waiting(
                        Reasons.TOPIC_CHANGING,
                        found.reference() + ": " + difference + "; wait for the Topic Operator"),
                List.of(new Action.ApplyTopic(target, difference)));
    }

    private Verdict proven(NamedTopic named, TopicState found, List<Action> actions) {
        return found.provenPartitions()
                .<Verdict>map(partitions -> new Verdict.Proven(partitions, found.topicId(), actions))
                .orElseGet(() -> new Verdict.Pending(TopicReadiness.explain(named, found, situation), actions));
    }

    /** What forbids to write our fields to a KafkaTopic. */
    private Optional<Refusal> change(NamedTopic named, TopicState found) {
        Optional<Refusal> recreated = recreated(named, found);
        if (recreated.isPresent()) {
            return recreated;
        }
        return partitionsOf(named, found) > named.topic().partitions()
                ? Optional.of(shrink(named, found.reference(), partitionsOf(named, found)))
                : growth.refusal(named, found, partitionsOf(named, found));
    }

    private static Refusal deleting(TopicState found) {
        return Refusal.waiting(
                Reasons.TOPIC_DELETING,
                found.reference() + " is being deleted by somebody; a new one is made when it is gone, and what the"
                        + " topic held is lost then. If it is not to go, there is no way back but a backup");
    }

    /** The Topic Operator lets the oldest KafkaTopic of a topic win. */
    private static Optional<TopicState> inForce(List<TopicState> topics) {
        return topics.stream()
                .filter(topic -> !topic.deleting())
                .min(Comparator.comparing(TopicState::createdAt).thenComparing(TopicState::resourceName));
    }

    private Optional<Refusal> recreated(NamedTopic named, TopicState found) {
        Optional<String> known = remembered(named).map(TopicStatus::topicId);
        // An absent id is no sign: paused, unmanaged and unreachable topics lose it too.
        boolean same = known.isEmpty() || found.topicId() == null || known.get().equals(found.topicId());
        if (same || situation.accepted(Risk.TopicRecreated, found.topicId())) {
            return Optional.empty();
        }
        return Optional.of(Refusal.consent(
                Reasons.TOPIC_RECREATED,
                named.field() + ": topic '" + named.topic().name() + "' was deleted and created again (id "
                        + known.get() + " became " + found.topicId() + "): offsets in state and group belong to"
                        + " another life. Nothing is changed until this is acknowledged",
                Risk.TopicRecreated,
                found.topicId()));
    }

    private static Refusal shrink(NamedTopic named, String topic, int present) {
        return Refusal.stalled(
                Reasons.PARTITION_DECREASE_REJECTED,
                named.field() + ".partitions: found " + named.topic().partitions() + ", but " + topic + " has "
                        + present + "; Kafka cannot remove partitions. Set it to at least " + present);
    }

    private Optional<TopicStatus> remembered(NamedTopic named) {
        return situation.memory().topics().stream()
                .filter(topic -> named.topic().name().equals(topic.name()))
                .findFirst();
    }

    private List<TopicStatus> remember(List<NamedTopic> topics) {
        List<TopicStatus> known = new ArrayList<>();
        for (NamedTopic named : topics) {
            known.add(remember(named, remembered(named)));
        }
        return known;
    }

    private TopicStatus remember(NamedTopic named, Optional<TopicStatus> before) {
        if (named.external()) {
            int seen = before.map(TopicStatus::partitions).orElse(0);
            return new TopicStatus(
                    named.topic().name(),
                    null,
                    Math.max(seen, named.topic().partitions()),
                    named.topic().management());
        }
        String namespace = KafkaTopics.namespace(situation.spec(), situation.id());
        Optional<TopicState> found =
                inForce(situation.seen().topics(namespace, named.topic().name()));
        boolean consented = found.flatMap(topic -> recreated(named, topic)).isEmpty();
        String topicId = consented
                ? found.map(TopicState::topicId)
                        .or(() -> before.map(TopicStatus::topicId))
                        .orElse(null)
                : before.map(TopicStatus::topicId).orElse(null);
        Integer partitions = found.flatMap(TopicState::provenPartitions)
                .or(() -> before.map(TopicStatus::partitions))
                .orElse(null);
        return new TopicStatus(
                named.topic().name(), topicId, partitions, named.topic().management());
    }

    private String pipeline() {
        return situation.id().namespace() + "/" + situation.id().name();
    }

    /** Partitions that the KafkaTopic asks for; where somebody took the number away, those that were seen last. */
    private int partitionsOf(NamedTopic named, TopicState topic) {
        return Optional.ofNullable(topic.partitions())
                .or(() -> remembered(named).map(TopicStatus::partitions))
                .orElse(0);
    }
}
