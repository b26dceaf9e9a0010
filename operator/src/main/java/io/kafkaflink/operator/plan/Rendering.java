package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.KafkaState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The revision that the spec gives today.
 *
 * @param request token of the request for new uids that it answers, null for none
 */
record Rendering(Situation situation, Slot slot, Deployed deployed, Partitions partitions, String request) {

    Target target() {
        Optional<Revision> ran = deployed.ran();
        Revision kept = revision(ran.map(before -> rules(before, false))
                .map(rules -> uids(rules))
                .orElseGet(this::kept));
        Revision revision = ran.filter(before -> unfit(kept))
                .map(before -> revision(uids(rules(before, true))))
                .orElse(kept);
        Optional<Refusal> refusal = violation(revision)
                .or(() -> unknownPast(revision))
                .or(() -> ran.flatMap(before -> policies(before, rules(before, unfit(kept)))));
        return refusal.<Target>map(Target.Refused::new).orElseGet(() -> new Target.Wanted(revision, false));
    }

    private UidRules rules(Revision before, boolean unfit) {
        return UidRules.of(before, situation.spec(), partitions, new UidRules.Asked(unfit, request));
    }

    /** This very revision was armed, and only new uids of source and sinks would help. */
    private boolean unfit(Revision revision) {
        return situation.memory().lastUpgrade() != null
                && Change.NEW_UIDS.equals(situation.memory().lastUpgrade().result())
                && revision.name().equals(situation.memory().lastUpgrade().to());
    }

    private Optional<Refusal> policies(Revision before, UidRules rules) {
        return VersionRules.refusal(situation, before.versions(), Guards.pair(situation.spec()))
                .or(() -> rules.refusal(situation.spec(), before.versions()));
    }

    private Revision revision(Uids uids) {
        return Revisions.render(
                situation.id(),
                situation.spec(),
                situation.seen().kafka() instanceof KafkaState.Known known ? known.access() : null,
                ConsumerGroup.of(situation, deployed),
                uids,
                request,
                partitions,
                situation.defaults());
    }

    private Uids uids(UidRules rules) {
        return rules.applied(
                kept(), new Generations(situation.seen().revisions().values(), kept()));
    }

    /** Kept uids, and first-generation uids for what is new. */
    private Uids kept() {
        Uids first = Target.firstUids(situation.spec());
        Optional<Uids> known = deployed.ran()
                .or(deployed::applied)
                .map(Revision::uids)
                .or(() -> Optional.ofNullable(situation.memory().deployed()).map(DeployedStatus::uids));
        Map<String, String> sinks = new TreeMap<>(first.sinks());
        known.ifPresent(uids -> sinks.replaceAll((sink, uid) -> uids.sinks().getOrDefault(sink, uid)));
        return new Uids(known.map(Uids::source).orElse(first.source()), sinks);
    }

    private static Optional<Refusal> violation(Revision revision) {
        JobConfiguration configuration = Target.readable(revision)
                .orElseThrow(() -> new IllegalStateException(
                        "revision " + revision.name() + " was rendered and cannot be read: a fault of this operator"));
        return JobConfigurationCheck.violations(configuration).stream()
                .findFirst()
                .map(violation -> Refusal.stalled(Reasons.SPEC_INVALID, "spec." + violation.message()));
    }

    /**
     * Without any stored revision of the job that ran, nothing tells whether the new one reads its state rightly, unless
     * the spec or the job's configuration is known to be the same.
     */
    private Optional<Refusal> unknownPast(Revision revision) {
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
}
