package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.operator.desired.GroupIds;
import java.util.Optional;

/** The consumer group of a pipeline. It stays what it was at the first start, also when the operator's prefix changes. */
final class ConsumerGroup {
    private ConsumerGroup() {}

    /** The group id of the spec, else the one that is in use, else the default; null for a generator source. */
    static String of(Situation situation, Deployed deployed) {
        if (situation.spec().source().kafka() == null) {
            return null;
        }
        return Optional.ofNullable(situation.spec().source().kafka().groupId())
                .or(() -> inUse(situation, deployed))
                .orElseGet(() -> GroupIds.of(situation.id(), situation.spec(), situation.defaults()));
    }

    /** The group that the pipeline commits to, told by status or else by the deployed job configuration. */
    static Optional<String> inUse(Situation situation, Deployed deployed) {
        return Optional.ofNullable(situation.memory().groupId()).or(() -> deployed.reconciled()
                .flatMap(Target::readable)
                .map(JobConfiguration::source)
                .flatMap(source -> Optional.ofNullable(source.kafka()))
                .map(kafka -> kafka.groupId()));
    }
}
