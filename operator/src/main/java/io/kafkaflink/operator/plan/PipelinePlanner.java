package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.KafkaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
    /** After a step: the next write may be due at once. */
    static final Duration MOVED = Duration.ofSeconds(1);
    /** While nothing is awaited: events that were missed are found at this pace. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    private PipelinePlanner() {}

    public static Plan plan(Situation seen) {
        Situation situation = LostUpgrade.found(seen);
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

    /** What would become of a spec; its situation has the spec as it would be stored. */
    public static Forecast forecast(Situation situation) {
        return Forecast.of(LostUpgrade.found(situation), plan(situation));
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
                ? TopicPlanner.plan(situation, slot)
                : new TopicDecision(List.of(), List.of(), situation.memory().topics(), Optional.empty());
        JobDecision job = JobPlanner.plan(situation, slot, topics.partitions());
        if (paused(situation)) {
            return paused(situation, slot, job);
        }
        List<Refusal> refusals = Stream.of(guards, topics.refusals(), job.refusals())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Refusal::cure))
                .toList();
        List<Action> actions = new ArrayList<>(topics.actions());
        actions.addAll(job.actions());
        actions.addAll(RevisionShelf.tidy(situation, slot, job));
        Optional<Refusal> topicsReady =
                Stream.of(guards, topics.refusals()).flatMap(List::stream).findFirst();
        return new Plan(
                refusals,
                topicsReady,
                job.phase(),
                memory(situation, slot, topics.topics(), job),
                Set.of(),
                actions,
                recheck(situation, job, refusals.isEmpty() && actions.isEmpty()));
    }

    private static Duration recheck(Situation situation, JobDecision job, boolean quiet) {
        String step = situation.change().map(UpgradeStatus::step).orElse(null);
        String next = job.upgrade() == null ? null : job.upgrade().step();
        boolean told = !job.actions().isEmpty()
                && job.actions().stream()
                        .allMatch(action ->
                                action instanceof Action.WriteHandover || action instanceof Action.DeleteHandover);
        if (!Objects.equals(step, next) || told) {
            return MOVED;
        }
        return quiet && job.upgrade() == null && settled(job.phase()) ? SETTLED : WAITING;
    }

    /** The slot whose job counts: in a handover the old one's until step 5 Settle. Pipelines start in the first. */
    public static Slot slot(Situation situation) {
        return Slots.of(LostUpgrade.found(situation)).current();
    }

    /** The slot whose job does the work, or is about to: in a handover the new one's from step 3 Go on. */
    public static Slot working(Situation situation, Plan plan) {
        UpgradeStatus change = plan.memory().upgrade();
        boolean goes = Change.isHandOver(change)
                && (Change.in(change, UpgradeStep.GO) || Change.in(change, UpgradeStep.VERIFY));
        return Optional.ofNullable(change)
                .filter(found -> goes)
                .flatMap(found -> Slot.of(situation.id(), found.toDeployment()))
                .orElseGet(() -> slot(situation));
    }

    private static boolean paused(Situation situation) {
        return "true".equals(situation.annotations().get(Annotations.PAUSE_RECONCILIATION));
    }

    /** Nothing is decided, but what happens is remembered: a person may start and stop the job in the meantime. */
    private static Plan paused(Situation situation, Slot slot, JobDecision job) {
        Refusal refusal = Refusal.waiting(
                Reasons.PAUSED,
                situation.reference() + " is paused by its annotation " + Annotations.PAUSE_RECONCILIATION
                        + "; nothing but status is written. Remove the annotation to go on");
        Memory memory = memory(situation, slot, situation.memory().topics(), JobDecision.of(job.phase(), situation));
        return new Plan(List.of(refusal), Optional.of(refusal), job.phase(), memory, Set.of(), List.of(), SETTLED);
    }

    private static boolean settled(JobPhase phase) {
        return switch (phase.kind()) {
            case RUNNING, SUSPENDED, COMPLETED -> true;
            case ABSENT, STARTING, STOPPING, BROKEN -> false;
        };
    }

    private static Memory memory(Situation situation, Slot slot, List<TopicStatus> topics, JobDecision job) {
        String bootstrap = situation.seen().kafka() instanceof KafkaState.Known known
                ? known.access().bootstrapServers()
                : situation.memory().bootstrapServers();
        return new Memory(
                Deployed.remember(situation, slot, job.upgrade()),
                job.upgrade(),
                job.lastUpgrade(),
                topics,
                new SavepointLedger(situation).entries(job.lastUpgrade()),
                groupId(situation, slot, job.upgrade() != null),
                bootstrap,
                job.rejected(),
                job.planned(),
                Requests.handled(situation, job.handled()));
    }

    /** Known from the first start on; a refused spec with another group must not replace it. */
    private static String groupId(Situation situation, Slot slot, boolean starting) {
        Deployed deployed = Deployed.of(situation, slot);
        Optional<String> inUse = ConsumerGroup.inUse(situation, deployed);
        boolean started = starting || deployed.applied().isPresent();
        return inUse.orElseGet(() -> started ? ConsumerGroup.of(situation, deployed) : null);
    }
}
