package io.kafkaflink.operator.plan;

import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.desired.GroupIds;
import io.kafkaflink.operator.desired.InputHash;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.observe.KafkaState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The revision that the spec asks for. */
sealed interface Target {

    /** A revision; {@code stored} when it is the deployed one, whatever this operator would render today. */
    record Wanted(Revision revision, boolean stored) implements Target {}

    /** The spec cannot be rendered, or the job would not run. */
    record Refused(Refusal refusal) implements Target {}

    /**
     * The deployed revision while its inputs are the same, else a new one with the deployed uids.
     *
     * @param deployed the revision in the FlinkDeployment, or the last one known to have been there
     */
    static Target of(Situation situation, Optional<Revision> deployed, int parallelism) {
        String inputHash = InputHash.of(situation.spec(), parallelism);
        if (deployed.isPresent() && deployed.get().inputHash().equals(inputHash)) {
            return new Wanted(deployed.get(), true);
        }
        Revision revision = Revisions.render(
                situation.id(),
                situation.spec(),
                ((KafkaState.Known) situation.seen().kafka()).access(),
                GroupIds.of(situation.id(), situation.spec(), situation.defaults()),
                uids(situation, deployed),
                parallelism,
                situation.defaults());
        return JobConfigurationCheck.violations(configuration(revision)).stream()
                .findFirst()
                .<Target>map(violation -> new Refused(Refusal.stalled(Reasons.SPEC_INVALID, violation.message())))
                .orElseGet(() -> new Wanted(revision, false));
    }

    /** Kept uids, and first-generation uids for what is new. Generations only rise. */
    private static Uids uids(Situation situation, Optional<Revision> deployed) {
        Uids first = firstUids(situation.spec());
        Optional<Uids> known = deployed.map(Revision::uids)
                .or(() -> Optional.ofNullable(situation.memory().deployed()).map(DeployedStatus::uids));
        Map<String, String> sinks = new TreeMap<>(first.sinks());
        known.ifPresent(uids -> sinks.replaceAll((sink, uid) -> uids.sinks().getOrDefault(sink, uid)));
        return new Uids(known.map(Uids::source).orElse(first.source()), sinks);
    }

    /** The uids of a pipeline that never ran. */
    static Uids firstUids(PipelineSpec spec) {
        Map<String, String> sinks = new TreeMap<>();
        spec.sinks().forEach(sink -> sinks.put(sink.name(), "sink-" + sink.name() + "-1"));
        return new Uids("source-1", sinks);
    }

    /** The job configuration of a revision; it was written by this operator, so that it reads back. */
    static JobConfiguration configuration(Revision revision) {
        try {
            return JobConfigurationYaml.read(revision.jobConfiguration().getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJobConfiguration e) {
            throw new IllegalStateException(
                    "revision " + revision.name() + " holds a job configuration that this operator cannot read: "
                            + e.getMessage() + "; delete this ControllerRevision to have it rendered anew",
                    e);
        }
    }
}
