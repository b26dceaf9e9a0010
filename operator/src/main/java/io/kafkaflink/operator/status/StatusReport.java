package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.AcknowledgementStatus;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.JobPhase;
import io.kafkaflink.operator.plan.JobPhase.Kind;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.status.Conditions.Judgement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The whole status of one pass: what is so, what is under way, and what is in the way. */
public final class StatusReport {
    private static final Set<String> BEYOND_HELP =
            Set.of(Reasons.JOB_FAILED, Reasons.JOB_ENDED, Reasons.FLINK_SPEC_REFUSED);

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
        Optional<FlinkJobState> job = situation.seen().flinkJob(PipelinePlanner.working(situation, plan));
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
                acknowledgements(),
                plan.memory().rejected(),
                plan.memory().plan(),
                plan.memory().lastHandledRequest());
    }

    private List<Condition> conditions() {
        Conditions conditions =
                new Conditions(situation.memory().conditions(), situation.generation(), situation.now());
        Judgement judgement = judgement();
        conditions.judge(judgement, reason(judgement), message(judgement));
        topics(conditions);
        job(conditions);
        UpgradeConditions.set(conditions, situation, plan);
        return conditions.list();
    }

    private Judgement judgement() {
        if (refusal.filter(found -> found.cure() == Refusal.Cure.USER).isPresent() || beyondHelp()) {
            return Judgement.STALLED;
        }
        boolean settled =
                refusal.isEmpty() && writes().isEmpty() && plan.memory().upgrade() == null;
        return settled && reached() ? Judgement.READY : Judgement.RECONCILING;
    }

    private List<Action> writes() {
        return plan.actions().stream().filter(action -> !action.tidiesOnly()).toList();
    }

    /** The wanted state is there: running, suspended because that is wanted, or completed, after which nothing can be. */
    private boolean reached() {
        return plan.job().kind() == Kind.COMPLETED
                || plan.job().kind() == (situation.suspendWanted() ? Kind.SUSPENDED : Kind.RUNNING);
    }

    /** A job that has ended, or whose spec FKO refuses, helps itself no more; a restarting one may. */
    private boolean beyondHelp() {
        return refusal.isEmpty()
                && writes().isEmpty()
                && BEYOND_HELP.contains(plan.job().reason());
    }

    private String reason(Judgement judgement) {
        if (judgement == Judgement.READY) {
            return switch (plan.job().kind()) {
                case SUSPENDED -> Reasons.SUSPENDED;
                case COMPLETED -> Reasons.COMPLETED;
                default -> Reasons.READY;
            };
        }
        boolean calm = Set.of(Kind.RUNNING, Kind.SUSPENDED, Kind.COMPLETED)
                .contains(plan.job().kind());
        return refusal.map(Refusal::reason)
                .orElse(calm ? Reasons.PROGRESSING : plan.job().reason());
    }

    private String message(Judgement judgement) {
        String words = writes().stream()
                .filter(write -> judgement == Judgement.RECONCILING)
                .map(Action::why)
                .findFirst()
                .orElseGet(this::progress);
        return refusal.map(Refusal::message).orElse(words);
    }

    private String progress() {
        return UpgradeConditions.progress(plan.memory().upgrade(), plan.job());
    }

    private void topics(Conditions conditions) {
        Optional<Refusal> missing = plan.topicsReady();
        conditions.set(
                Conditions.TOPICS_READY,
                missing.isEmpty(),
                missing.map(Refusal::reason)
                        .orElse(found() == null ? Reasons.TOPICS_READY : Reasons.TOPICS_FOUND_BY_JOB),
                missing.map(Refusal::message).orElse(found() == null ? "every topic is as wanted" : found()));
    }

    /** What is said where no KafkaTopic stands for what is read; null where one does. */
    private String found() {
        SourceSpec.Kafka read = situation.spec().source().kafka();
        return read == null || !read.topics().isEmpty()
                ? null
                : "the job looks itself for the " + read.subscription() + "; every other topic is as wanted";
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

    private String jobColumn(Optional<FlinkJobState> job) {
        boolean completed = plan.job().kind() == Kind.COMPLETED;
        return job.map(found -> found.suspended() && !completed ? "SUSPENDED" : found.job())
                .orElse(null);
    }

    private Integer partitions() {
        Set<String> sources = new HashSet<>();
        if (found() != null) {
            return Optional.ofNullable(situation.spec().source().kafka().partitions())
                    .map(List::size)
                    .orElse(null);
        }
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
