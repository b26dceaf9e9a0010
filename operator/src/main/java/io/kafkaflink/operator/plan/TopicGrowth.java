package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Growth;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.TopicState;
import java.util.Map;
import java.util.Optional;

/**
 * More partitions of a source topic: keys move to other partitions (KAFKA-20030), so that records of one key may be read out
 * of order, unless the job reads on first.
 *
 * @param slot whose job reads the topic now
 */
record TopicGrowth(Situation situation, Slot slot) {

    /** Why the topic must not grow. */
    Optional<Refusal> refusal(NamedTopic named, TopicState found, int from) {
        if (!grows(named, from)) {
            return Optional.empty();
        }
        return switch (situation.spec().upgrade().growth()) {
            case Refuse ->
                Optional.of(Refusal.stalled(
                        Reasons.GROWTH_REFUSED,
                        named.field() + ".partitions: growing " + value(named, from)
                                + " moves keys to other partitions, so that records of one key may be read out of order. Set"
                                + " spec.upgrade.growth: DrainThenGrow to keep the order, or GrowInPlace to accept that, or"
                                + " go back to " + from));
            case GrowInPlace -> unaccepted(named, from, "may reorder records of one key once");
            case DrainThenGrow -> undrainable(named, found, from);
        };
    }

    /**
     * Why the topic does not grow yet: until the job reads an explicit set it would read the new partitions at once; and
     * while partitions of an earlier growth are unread, keys that move once more would have records in three places.
     */
    Optional<Refusal> held(NamedTopic named, int from) {
        if (!drains() || !grows(named, from) || ready(named, from)) {
            return Optional.empty();
        }
        return Optional.of(Refusal.waiting(
                Reasons.GROWTH_HELD,
                named.field() + ".partitions: " + value(named, from)
                        + " is done once the job runs and reads exactly"
                        + " the partitions there are now (growth: DrainThenGrow); the change to that comes first"));
    }

    private boolean ready(NamedTopic named, int from) {
        Deployed deployed = Deployed.of(situation, slot);
        return situation.seen().flinkJob(slot).filter(FlinkJobState::healthy).isPresent()
                && !situation.suspendWanted()
                && deployed.applied()
                        .map(PartitionSet::of)
                        // It is more than there are when somebody has put a wrong number into the KafkaTopic.
                        .filter(set -> set.getOrDefault(named.topic().name(), 0) >= from)
                        .isPresent();
    }

    private Optional<Refusal> undrainable(NamedTopic named, TopicState found, int from) {
        int to = named.topic().partitions();
        if (to % from != 0) {
            return Optional.of(Refusal.stalled(
                    Reasons.GROWTH_NOT_MULTIPLE,
                    named.field() + ".partitions: found " + to + ", expected a multiple of " + from
                            + ", where a key either stays in its partition or moves to a new one (growth: DrainThenGrow)."
                            + " Set it to " + from * 2 + ", or use growth: GrowInPlace"));
        }
        return compacted(named, found)
                ? unaccepted(
                        named,
                        from,
                        "leaves the old records of keys that move in the old partition of a compacted topic for ever")
                : Optional.empty();
    }

    private static boolean compacted(NamedTopic named, TopicState found) {
        Map<String, ?> wanted = Optional.ofNullable(named.topic().config()).orElse(Map.of());
        Object policy = wanted.containsKey("cleanup.policy")
                ? wanted.get("cleanup.policy")
                : found.config().get("cleanup.policy");
        return String.valueOf(policy).contains("compact");
    }

    private Optional<Refusal> unaccepted(NamedTopic named, int from, String danger) {
        String value = value(named, from);
        return situation.accepted(Risk.Reordering, value)
                ? Optional.empty()
                : Optional.of(Refusal.consent(
                        Reasons.GROWTH_NOT_ACKNOWLEDGED,
                        named.field() + ".partitions: growing " + value + " " + danger,
                        Risk.Reordering,
                        value));
    }

    private boolean grows(NamedTopic named, int from) {
        return named.role() == NamedTopic.Role.SOURCE
                && from > 0
                && from < named.topic().partitions()
                && (drains() || !neverRead());
    }

    private boolean drains() {
        return situation.spec().upgrade().growth() == Growth.DrainThenGrow;
    }

    /** Before the first start nobody reads the topic; the order of what it holds already is kept only by a drain. */
    private boolean neverRead() {
        return situation.memory().deployed() == null
                && situation.seen().flinkJobs().isEmpty();
    }

    private static String value(NamedTopic named, int from) {
        return named.topic().name() + " " + from + "->" + named.topic().partitions();
    }
}
