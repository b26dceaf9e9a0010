package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
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
        boolean waiting = !refusals.isEmpty() || !actions.isEmpty() || job.upgrade() != null || !settled(job.phase());
        return new Plan(
                refusals,
                topicsReady,
                job.phase(),
                memory(situation, slot, topics.topics(), job.upgrade(), job.lastUpgrade()),
                Set.of(),
                actions,
                waiting ? WAITING : SETTLED);
    }

    /** The slot that is taken; pipelines start in the first. */
    public static Slot slot(Situation situation) {
        boolean second = situation.seen().flinkJob(Slot.B).isPresent()
                && situation.seen().flinkJob(Slot.A).isEmpty();
        return second ? Slot.B : Slot.A;
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
        Memory memory = memory(
                situation,
                slot,
                situation.memory().topics(),
                situation.change().orElse(null),
                situation.memory().lastUpgrade());
        return new Plan(List.of(refusal), Optional.of(refusal), job.phase(), memory, Set.of(), List.of(), SETTLED);
    }

    private static boolean settled(JobPhase phase) {
        return phase.kind() == JobPhase.Kind.RUNNING || phase.kind() == JobPhase.Kind.SUSPENDED;
    }

    private static Memory memory(
            Situation situation,
            Slot slot,
            List<TopicStatus> topics,
            UpgradeStatus upgrade,
            LastUpgradeStatus lastUpgrade) {
        String bootstrap = situation.seen().kafka() instanceof KafkaState.Known known
                ? known.access().bootstrapServers()
                : situation.memory().bootstrapServers();
        return new Memory(
                Deployed.remember(situation, slot),
                upgrade,
                lastUpgrade,
                topics,
                new SavepointLedger(situation, slot).entries(),
                groupId(situation, slot, upgrade != null),
                bootstrap);
    }

    /** Known from the first start on; a refused spec with another group must not replace it. */
    private static String groupId(Situation situation, Slot slot, boolean starting) {
        Deployed deployed = Deployed.of(situation, slot);
        Optional<String> inUse = ConsumerGroup.inUse(situation, deployed);
        boolean started = starting || deployed.applied().isPresent();
        return inUse.orElseGet(() -> started ? ConsumerGroup.of(situation, deployed) : null);
    }
}
