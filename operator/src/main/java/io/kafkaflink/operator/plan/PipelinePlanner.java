package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.GroupIds;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.KafkaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides the next writes of a pipeline and what is said of it. Pure: the same situation gives the same plan. */
public final class PipelinePlanner {
    /** While something is awaited: a look that costs no API call. Deadlines are judged at this grain. */
    static final Duration WAITING = Duration.ofSeconds(10);
    /** While nothing is awaited: events that were missed are found at this pace. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    private PipelinePlanner() {}

    public static Plan plan(Situation situation) {
        Plan plan = decide(situation);
        return new Plan(
                plan.refusals(),
                plan.topicsReady(),
                plan.job(),
                plan.memory(),
                consents(situation),
                plan.actions(),
                plan.recheckAfter());
    }

    /** The acknowledgements that matter now: without them something would be refused. */
    private static Set<Acknowledgement> consents(Situation situation) {
        return situation.spec().upgrade().acknowledge().stream()
                .filter(entry -> decide(situation.without(entry)).refusals().stream()
                        .anyMatch(refusal ->
                                refusal.consent().filter(entry::equals).isPresent()))
                .collect(Collectors.toSet());
    }

    private static Plan decide(Situation situation) {
        Slot slot = slot(situation);
        List<Refusal> guards = Guards.refusals(situation);
        TopicDecision topics = guards.isEmpty()
                ? TopicPlanner.plan(situation)
                : new TopicDecision(List.of(), List.of(), situation.memory().topics(), Optional.empty());
        JobDecision job = JobPlanner.plan(situation, slot, topics.parallelism());
        if (paused(situation)) {
            return paused(situation, job);
        }
        List<Refusal> refusals = Stream.of(guards, topics.refusals(), job.refusals())
                .flatMap(List::stream)
                .sorted(java.util.Comparator.comparing(Refusal::cure))
                .toList();
        List<Action> actions = new ArrayList<>(topics.actions());
        actions.addAll(job.actions());
        actions.addAll(RevisionShelf.tidy(situation, slot, job));
        Optional<Refusal> topicsReady = guards.isEmpty()
                ? topics.refusals().stream().findFirst()
                : guards.stream().findFirst();
        boolean waiting = !refusals.isEmpty() || !actions.isEmpty() || job.upgrade() != null || !settled(job.phase());
        return new Plan(
                refusals,
                topicsReady,
                job.phase(),
                memory(situation, slot, topics, job),
                Set.of(),
                actions,
                waiting ? WAITING : SETTLED);
    }

    /** The slot that is taken; pipelines start in the first. */
    static Slot slot(Situation situation) {
        boolean second = situation.seen().flinkJob(Slot.B).isPresent()
                && situation.seen().flinkJob(Slot.A).isEmpty();
        return second ? Slot.B : Slot.A;
    }

    private static boolean paused(Situation situation) {
        return "true".equals(situation.annotations().get(Annotations.PAUSE_RECONCILIATION));
    }

    private static Plan paused(Situation situation, JobDecision job) {
        Refusal refusal = Refusal.waiting(
                Reasons.PAUSED,
                situation.reference() + " is paused by its annotation " + Annotations.PAUSE_RECONCILIATION
                        + "; nothing is written until it is removed");
        Memory memory = new Memory(
                situation.memory().deployed(),
                situation.memory().upgrade(),
                situation.memory().lastUpgrade(),
                situation.memory().topics(),
                situation.memory().savepoints(),
                situation.memory().groupId(),
                situation.memory().bootstrapServers());
        return new Plan(List.of(refusal), Optional.of(refusal), job.phase(), memory, Set.of(), List.of(), SETTLED);
    }

    private static boolean settled(JobPhase phase) {
        return phase.kind() == JobPhase.Kind.RUNNING || phase.kind() == JobPhase.Kind.SUSPENDED;
    }

    private static Memory memory(Situation situation, Slot slot, TopicDecision topics, JobDecision job) {
        boolean started = job.upgrade() != null || situation.memory().deployed() != null;
        String groupId = situation.memory().groupId();
        if (groupId == null && started && situation.spec().source().kafka() != null) {
            groupId = GroupIds.of(situation.id(), situation.spec(), situation.defaults());
        }
        String bootstrap = situation.seen().kafka() instanceof KafkaState.Known known
                ? known.access().bootstrapServers()
                : situation.memory().bootstrapServers();
        return new Memory(
                Deployed.remember(situation, slot),
                job.upgrade(),
                job.lastUpgrade(),
                topics.topics(),
                ledger(situation, slot),
                groupId,
                bootstrap);
    }

    /** Newest first. A path stays after its FlinkStateSnapshot is cleaned up: the files outlive the resource. */
    private static List<SavepointStatus> ledger(Situation situation, Slot slot) {
        Set<String> known = situation.memory().savepoints().stream()
                .map(SavepointStatus::path)
                .collect(Collectors.toSet());
        UpgradeStatus change = situation.memory().upgrade();
        String revision = change != null && change.from() != null
                ? change.from()
                : situation.seen().flinkJob(slot).map(FlinkJobState::revision).orElse(null);
        Stream<SavepointStatus> fresh = situation.seen().snapshots().stream()
                .filter(savepoint -> !known.contains(savepoint.path()))
                .map(savepoint -> new SavepointStatus(
                        savepoint.path(),
                        Optional.ofNullable(situation.memory().deployed())
                                .map(io.kafkaflink.operator.api.v1alpha1.DeployedStatus::jobId)
                                .filter(id -> savepoint.path().contains("/savepoint-" + id.substring(0, 6)))
                                .orElse(null),
                        revision,
                        savepoint.completedAt(),
                        change == null ? "Stop" : change.kind()));
        return Stream.concat(fresh, situation.memory().savepoints().stream())
                .sorted(java.util.Comparator.comparing(
                        SavepointStatus::takenAt, java.util.Comparator.nullsLast(java.util.Comparator.reverseOrder())))
                .filter(savepoint -> Objects.nonNull(savepoint.path()))
                .limit(io.kafkaflink.operator.api.v1alpha1.PipelineStatus.LEDGER_SIZE)
                .toList();
    }
}
