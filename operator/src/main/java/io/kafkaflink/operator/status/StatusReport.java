package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.AcknowledgementStatus;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.JobPhase;
import io.kafkaflink.operator.plan.JobPhase.Kind;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.plan.UpgradeStep;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The whole status of one pass. Exactly one of Ready=True and Reconciling=True or Stalled=True holds, so that kstatus,
 * Flux, Helm and Argo CD agree on what they see.
 */
public final class StatusReport {
    private final Situation situation;
    private final Plan plan;
    private final Optional<Refusal> refusal;

    private StatusReport(Situation situation, Plan plan) {
        this.situation = situation;
        this.plan = plan;
        this.refusal = plan.refusals().stream().findFirst();
    }

    public static PipelineStatus of(Situation situation, Plan plan) {
        return new StatusReport(situation, plan).status();
    }

    private PipelineStatus status() {
        Optional<FlinkJobState> job =
                situation.seen().flinkJobs().values().stream().findFirst();
        return new PipelineStatus(
                situation.generation(),
                conditions(),
                jobColumn(job),
                partitions(),
                plan.memory().deployed(),
                plan.memory().topics(),
                plan.memory().upgrade(),
                plan.memory().lastUpgrade(),
                plan.memory().savepoints(),
                plan.memory().groupId(),
                plan.memory().bootstrapServers(),
                job.map(found -> found.name() + "-rest." + situation.id().namespace() + ":8081")
                        .orElse(null),
                acknowledgements());
    }

    private List<Condition> conditions() {
        Conditions conditions =
                new Conditions(situation.memory().conditions(), situation.generation(), situation.now());
        boolean stalled =
                refusal.filter(found -> found.cure() == Refusal.Cure.USER).isPresent() || brokenForGood();
        boolean ready =
                refusal.isEmpty() && plan.actions().isEmpty() && plan.memory().upgrade() == null && reached();
        String reason = refusal.map(Refusal::reason).orElse(plan.job().reason());
        String message = refusal.map(Refusal::message).orElse(progress());
        conditions.set(Conditions.READY, ready, readyReason(ready, reason), message);
        conditions.set(
                Conditions.RECONCILING,
                !ready && !stalled,
                !ready && !stalled ? reason : Reasons.SETTLED,
                !ready && !stalled ? message : "nothing is under way");
        conditions.set(
                Conditions.STALLED,
                stalled,
                stalled ? reason : Reasons.NOT_STALLED,
                stalled ? message : "no change by the user is needed");
        topics(conditions);
        job(conditions);
        upgrade(conditions);
        return conditions.list();
    }

    private String readyReason(boolean ready, String reason) {
        if (!ready) {
            return reason;
        }
        return plan.job().kind() == Kind.SUSPENDED ? Reasons.SUSPENDED : Reasons.READY;
    }

    /** The wanted state is there: running, or suspended because that is wanted. */
    private boolean reached() {
        return situation.suspendWanted()
                ? plan.job().kind() == Kind.SUSPENDED
                : plan.job().kind() == Kind.RUNNING;
    }

    /** A job that failed for good, or whose spec FKO refuses, helps itself no more; a restarting one may. */
    private boolean brokenForGood() {
        return plan.job().kind() == Kind.BROKEN
                && Set.of(Reasons.JOB_FAILED, Reasons.FLINK_SPEC_REFUSED)
                        .contains(plan.job().reason())
                && plan.actions().isEmpty();
    }

    private String progress() {
        UpgradeStatus change = plan.memory().upgrade();
        return change == null
                ? plan.job().message()
                : change.kind() + ", step " + number(change) + " " + change.step() + ": "
                        + plan.job().message();
    }

    private static int number(UpgradeStatus change) {
        for (UpgradeStep step : UpgradeStep.values()) {
            if (step.text().equals(change.step())) {
                return step.number();
            }
        }
        return 0;
    }

    private void topics(Conditions conditions) {
        Optional<Refusal> missing = plan.topicsReady();
        conditions.set(
                Conditions.TOPICS_READY,
                missing.isEmpty(),
                missing.map(Refusal::reason).orElse(Reasons.TOPICS_READY),
                missing.map(Refusal::message).orElse("every topic is as wanted"));
    }

    private void job(Conditions conditions) {
        JobPhase phase = plan.job();
        boolean running = phase.kind() == Kind.RUNNING || phase.kind() == Kind.STOPPING;
        conditions.set(Conditions.JOB_RUNNING, running, phase.reason(), phase.message());
        boolean suspended = phase.kind() == Kind.SUSPENDED;
        conditions.set(
                Conditions.SUSPENDED,
                suspended,
                suspended ? Reasons.SUSPENDED : Reasons.NOT_SUSPENDED,
                suspended ? phase.message() : "the job is not suspended");
    }

    private void upgrade(Conditions conditions) {
        UpgradeStatus change = plan.memory().upgrade();
        conditions.set(
                Conditions.UPGRADING,
                change != null,
                change == null ? Reasons.NO_UPGRADE : change.step(),
                change == null ? "no change is under way" : progress());
    }

    private static String jobColumn(Optional<FlinkJobState> job) {
        return job.map(found -> found.suspended() ? "SUSPENDED" : found.job()).orElse(null);
    }

    private Integer partitions() {
        Set<String> sources = new HashSet<>();
        if (situation.spec().source().kafka() != null) {
            situation.spec().source().kafka().topics().forEach(topic -> sources.add(topic.name()));
        }
        return plan.memory().topics().stream()
                .filter(topic -> sources.isEmpty() || sources.contains(topic.name()))
                .map(TopicStatus::partitions)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }

    private AcknowledgementStatus acknowledgements() {
        List<String> required = plan.refusals().stream()
                .flatMap(found -> found.consent().stream())
                .map(Refusal::snippet)
                .distinct()
                .toList();
        List<String> unused = situation.spec().upgrade().acknowledge().stream()
                .filter(entry -> !plan.consents().contains(entry))
                .map(Refusal::snippet)
                .toList();
        return required.isEmpty() && unused.isEmpty() ? null : new AcknowledgementStatus(required, unused);
    }
}
