package io.kafkaflink.operator.plan;

import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.InputHash;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The revision that the spec asks for. */
sealed interface Target {

    /** A revision; {@code stored} when it was rendered before, whatever this operator would render today. */
    record Wanted(Revision revision, boolean stored) implements Target {}

    /** The spec cannot be rendered, or the job would not run. */
    record Refused(Refusal refusal) implements Target {}

    /**
     * A stored revision of the same inputs, of what is under way, runs or is applied; else a new one with the uids that are
     * in use, or newer ones where {@link UidRules} say so.
     */
    static Target of(Situation situation, Slot slot, Deployed deployed, Partitions partitions) {
        return of(situation, slot, deployed, partitions, Requests.pending(situation));
    }

    /** The same with the partitions and uids that this revision has, whatever new ones the spec or a request asks for. */
    static Target keeping(Situation situation, Slot slot, Deployed deployed, Revision before) {
        Partitions partitions = new Partitions(before.parallelism(), PartitionSet.of(before));
        return of(situation.withUidChangeNonce(before.uidChangeNonce()), slot, deployed, partitions, Optional.empty());
    }

    private static Target of(
            Situation situation,
            Slot slot,
            Deployed deployed,
            Partitions partitions,
            Optional<Requests.Request> pending) {
        String inputHash = InputHash.of(situation.spec(), partitions);
        Optional<Revision> underWay = situation
                .change()
                .map(UpgradeStatus::to)
                .map(situation.seen().revisions()::get)
                .filter(stored -> stored.inputHash().equals(inputHash));
        String request = pending.filter(Requests.Request::newUids)
                .map(Requests.Request::token)
                .orElseGet(() ->
                        underWay.or(deployed::applied).map(Revision::uidRequest).orElse(null));
        return Stream.of(underWay, deployed.reconciled(), deployed.applied())
                .flatMap(Optional::stream)
                .filter(stored -> stored.inputHash().equals(inputHash))
                .filter(stored -> Objects.equals(stored.uidRequest(), request))
                .findFirst()
                .<Target>map(stored -> new Wanted(stored, true))
                .orElseGet(() -> new Rendering(situation, slot, deployed, partitions, request).target());
    }

    /** The uids of a pipeline that never ran. */
    static Uids firstUids(PipelineSpec spec) {
        Map<String, String> sinks = new TreeMap<>();
        spec.sinks().forEach(sink -> sinks.put(sink.name(), "sink-" + sink.name() + "-1"));
        return new Uids("source-1", sinks);
    }

    /** The job configuration of a stored revision, empty when another version of the operator wrote what this cannot read. */
    static Optional<JobConfiguration> readable(Revision revision) {
        try {
            return Optional.of(
                    JobConfigurationYaml.read(revision.jobConfiguration().getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidJobConfiguration e) {
            return Optional.empty();
        }
    }
}
