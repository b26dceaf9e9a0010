package io.kafkaflink.operator.plan;

import io.kafkaflink.model.Delivery.Guarantee;
import io.kafkaflink.model.Delivery.TransactionNaming;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.UidPolicy;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.VersionPair;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which uids a change gives anew. Where state fits it is kept; a new uid leaves the operator's state behind, and the source
 * then starts exactly where the savepoint ends.
 *
 * @param source why the source gets a new uid, empty when it keeps it
 * @param sinks why a sink gets a new uid, by its name; the others keep theirs
 */
record UidRules(Optional<String> source, Map<String, String> sinks) {

    /**
     * What makes uids new beside the spec.
     *
     * @param unfit the armed job found the state of source or sinks unfit
     * @param request token of a request for new uids, null for none
     */
    record Asked(boolean unfit, String request) {}

    static UidRules of(Revision deployed, PipelineSpec spec, Partitions partitions, Asked asked) {
        Optional<String> all = all(deployed, spec, asked);
        Map<String, String> sinks = new TreeMap<>();
        for (SinkSpec sink : spec.sinks()) {
            all.or(() -> naming(deployed, spec, sink))
                    .filter(why -> deployed.uids().sinks().containsKey(sink.name()))
                    .ifPresent(why -> sinks.put(sink.name(), why));
        }
        return new UidRules(all.or(() -> ofSource(deployed, spec, partitions)), sinks);
    }

    private static Optional<String> all(Revision deployed, PipelineSpec spec, Asked asked) {
        if (deployed.uidChangeNonce() != spec.upgrade().uidChangeNonce()) {
            return Optional.of("uidChangeNonce was changed");
        }
        if (asked.request() != null && !asked.request().equals(deployed.uidRequest())) {
            return Optional.of("new uids were requested");
        }
        if (asked.unfit()) {
            return Optional.of("the new job cannot take up the state of source or sinks");
        }
        boolean connector = !deployed.connectorVersion().equals(spec.flink().connectorVersion());
        return connector && spec.upgrade().uidPolicy() == UidPolicy.NewUids
                ? Optional.of("the connector changes and uidPolicy is NewUids")
                : Optional.empty();
    }

    private static Optional<String> ofSource(Revision deployed, PipelineSpec spec, Partitions partitions) {
        if (spec.source().kafka() == null) {
            return Optional.empty();
        }
        if (subscription(deployed, spec)) {
            return Optional.of(
                    "under the old uid what was removed from the subscription would still be read, and what was"
                            + " added would ignore startingOffsets");
        }
        return deployed.parallelism() < partitions.largest()
                        || PartitionSet.grows(PartitionSet.of(deployed), partitions.set())
                ? Optional.of("under the old uid several partitions would stay with one subtask")
                : Optional.empty();
    }

    private static boolean subscription(Revision deployed, PipelineSpec spec) {
        return Target.readable(deployed)
                .map(JobConfiguration::source)
                .filter(source -> source.kafka() != null)
                .filter(source -> !source.kafka()
                        .subscription()
                        .equals(spec.source().kafka().subscription()))
                .isPresent();
    }

    /** State of connector 3.x cannot be read with pooled transactional ids (tried: it throws); 3.x itself has no choice. */
    private static Optional<String> naming(Revision deployed, PipelineSpec spec, SinkSpec sink) {
        boolean exactlyOnce = sink.kafka() != null && sink.kafka().delivery().guarantee() == Guarantee.ExactlyOnce;
        boolean becomesPooling = exactlyOnce
                && sink.kafka().delivery().transactionNaming() == TransactionNaming.Pooling
                && !pools(deployed.connectorVersion())
                && pools(spec.flink().connectorVersion());
        return becomesPooling
                ? Optional.of("the connector names transactions in another way from 4.0 on")
                : Optional.empty();
    }

    private static boolean pools(String connectorVersion) {
        return VersionRules.numbers(connectorVersion).get(0) >= 4;
    }

    boolean keepAll() {
        return source.isEmpty() && sinks.isEmpty();
    }

    /** The uids of a change, generations above all that were ever used. */
    Uids applied(Uids kept, Generations generations) {
        Map<String, String> next = new TreeMap<>(kept.sinks());
        sinks.keySet().forEach(sink -> next.computeIfPresent(sink, (name, uid) -> generations.next(uid)));
        return new Uids(source.isPresent() ? generations.next(kept.source()) : kept.source(), next);
    }

    /** With uidPolicy KeepState nothing gets a new uid. */
    Optional<Refusal> refusal(PipelineSpec spec, VersionPair deployed) {
        if (keepAll() || spec.upgrade().uidPolicy() != UidPolicy.KeepState) {
            return Optional.empty();
        }
        String what = source.map(why -> "the source (" + why + ")").orElseGet(() -> sinks.entrySet().stream()
                .findFirst()
                .map(sink -> "sink " + sink.getKey() + " (" + sink.getValue() + ")")
                .orElseThrow());
        return Optional.of(Refusal.stalled(
                Reasons.UID_CHANGE_REFUSED,
                "spec.upgrade.uidPolicy: found KeepState, but this change from " + deployed + " needs a new uid of "
                        + what + ". Set uidPolicy: Auto, or go back in the spec"));
    }
}
