package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Growth;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import java.util.Map;
import java.util.Optional;

/** The explicit set of partitions that a job reads with {@code growth: DrainThenGrow}, and one whose source has an end. */
final class PartitionSet {
    private PartitionSet() {}

    /** Whether the spec asks for one. */
    static boolean wanted(PipelineSpec spec) {
        return spec.source().kafka() != null
                && !spec.source().kafka().topics().isEmpty()
                && (spec.upgrade().growth() == Growth.DrainThenGrow
                        || spec.source().ends());
    }

    /**
     * Partitions that come after the first start are beyond the end of a job that has one; only a start without state looks
     * again.
     *
     * @param proven what there is now
     */
    static Partitions upToItsEnd(Situation situation, Deployed deployed, Partitions proven) {
        boolean afresh = situation
                .change()
                .filter(change -> Change.is(change, ChangeKind.Recreate) && change.savepoint() == null)
                .isPresent();
        if (afresh || !situation.spec().source().ends()) {
            return proven;
        }
        return deployed.ran()
                .filter(Completion::awaits)
                .map(before -> new Partitions(before.parallelism(), of(before)))
                .filter(before -> before.set().keySet().equals(proven.set().keySet()))
                .orElse(proven);
    }

    /** Number of partitions of each topic; empty when the revision's job reads all that there are. */
    static Map<String, Integer> of(Revision revision) {
        return Target.readable(revision)
                .map(JobConfiguration::source)
                .flatMap(source -> Optional.ofNullable(source.kafka()))
                .flatMap(kafka -> Optional.ofNullable(kafka.partitions()))
                .orElse(Map.of());
    }

    /** Some topic that was read already is read with more partitions. */
    static boolean grows(Map<String, Integer> from, Map<String, Integer> to) {
        return to.entrySet().stream()
                .anyMatch(topic -> from.getOrDefault(topic.getKey(), topic.getValue()) < topic.getValue());
    }

    /** What the old job left unread of its partitions has to be read before the new ones are. */
    static boolean drains(Optional<Revision> from, Optional<Revision> to) {
        return from.isPresent() && to.isPresent() && grows(of(from.get()), of(to.get()));
    }
}
