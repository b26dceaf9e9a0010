package io.kafkaflink.operator.plan;

import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.InputHash;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.KafkaState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
     * A stored revision of the same inputs, of what runs, is applied or is under way; else a new one with the uids that
     * are in use.
     */
    static Target of(Situation situation, Slot slot, Deployed deployed, int parallelism) {
        String inputHash = InputHash.of(situation.spec(), parallelism);
        Optional<Revision> underWay =
                situation.change().map(UpgradeStatus::to).map(situation.seen().revisions()::get);
        return Stream.of(deployed.reconciled(), deployed.applied(), underWay)
                .flatMap(Optional::stream)
                .filter(stored -> stored.inputHash().equals(inputHash))
                .findFirst()
                .<Target>map(stored -> new Wanted(stored, true))
                .orElseGet(() -> render(situation, slot, deployed, parallelism));
    }

    private static Target render(Situation situation, Slot slot, Deployed deployed, int parallelism) {
        Revision revision = Revisions.render(
                situation.id(),
                situation.spec(),
                situation.seen().kafka() instanceof KafkaState.Known known ? known.access() : null,
                ConsumerGroup.of(situation, deployed),
                uids(situation, deployed.applied()),
                null,
                parallelism,
                situation.defaults());
        return JobConfigurationCheck.violations(configuration(revision)).stream()
                .findFirst()
                .map(violation -> Refusal.stalled(Reasons.SPEC_INVALID, "spec." + violation.message()))
                .or(() -> unknownPast(situation, slot, deployed, revision))
                .<Target>map(Refused::new)
                .orElseGet(() -> new Wanted(revision, false));
    }

    /**
     * Without any stored revision of the job that ran, nothing tells whether the new one reads its state rightly, unless
     * the spec or the job's configuration is known to be the same.
     */
    private static Optional<Refusal> unknownPast(Situation situation, Slot slot, Deployed deployed, Revision revision) {
        DeployedStatus before = situation.memory().deployed();
        boolean same = before == null
                || before.inputHash() == null
                || before.inputHash().equals(revision.inputHash())
                || situation
                        .seen()
                        .flinkJob(slot)
                        .flatMap(FlinkJobState::lastReconciled)
                        .filter(last -> last.args().contains(revision.configHash()))
                        .isPresent();
        if (deployed.applied().isPresent() || deployed.ran().isPresent() || same) {
            return Optional.empty();
        }
        return Optional.of(Refusal.stalled(
                Reasons.REVISION_MISSING,
                "ControllerRevision " + situation.id().namespace() + "/" + before.revision() + " is gone or cannot be"
                        + " read, and the spec has changed since: nothing tells whether the new job would read the old"
                        + " one's state rightly. Restore it, or set the spec back to what is deployed, so that it is"
                        + " rendered anew, and change it afterwards"));
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

    /** The job configuration of a revision that this operator has rendered just now, so that it reads back. */
    private static JobConfiguration configuration(Revision revision) {
        return readable(revision)
                .orElseThrow(() -> new IllegalStateException(
                        "revision " + revision.name() + " was rendered and cannot be read: a fault of this operator"));
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
