package io.kafkaflink.operator.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.job.SimulatedKafka;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Growth;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.KafkaState;
import io.kafkaflink.operator.observe.Observation;
import io.kafkaflink.operator.observe.TopicState;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.status.Note;
import io.kafkaflink.operator.status.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One pipeline, its operator, and all that the operator depends on. */
final class SimulatedWorld {
    static final PipelineId ID = new PipelineId("default", "p1", "uid-1");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());
    private static final String IMAGE = "registry.example/job:";
    private static final OperatorDefaults DEFAULTS = new OperatorDefaults(
            Map.of(
                    new VersionPair("v1_20", "3.3.0"), IMAGE + "1.20-3.3.0",
                    new VersionPair("v1_20", "3.4.0"), IMAGE + "1.20-3.4.0",
                    new VersionPair("v2_1", "5.0.0"), IMAGE + "2.1-5.0.0",
                    new VersionPair("v2_2", "5.0.0"), IMAGE + "2.2-5.0.0"),
            null,
            "flink",
            "");
    /** Of producers about new partitions; producerSettle is longer. */
    private static final Duration LEARNING = Duration.ofSeconds(50);

    static final Duration STEP = Duration.ofSeconds(1);

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-24T12:00:00Z"));
    final SimulatedTopics topics = new SimulatedTopics(clock);
    final SimulatedKafka kafka = new SimulatedKafka(clock);
    final SimulatedJobs jobs = new SimulatedJobs(
            ID,
            clock,
            IMAGE + "1.20-3.3.0",
            IMAGE + "1.20-3.4.0",
            IMAGE + "2.1-5.0.0",
            IMAGE + "2.2-5.0.0",
            "registry.example/other:1");
    final SimulatedOperator operator = new SimulatedOperator(this);
    final Map<String, Revision> revisions = new TreeMap<>();
    final Set<String> unowned = new TreeSet<>();
    /** Every write of the operator in the order in which it was made. */
    final List<String> writes = new ArrayList<>();

    /** What people are told. */
    Consumer<Note> told = note -> {};
    /** What stands in status from now on. */
    Consumer<PipelineStatus> reported = news -> {};

    /** What is written to the API server, as it is kept there. */
    Consumer<StoredWrite> stored = write -> {};

    PipelineStatus status = PipelineStatus.EMPTY;
    private final Instant createdAt = clock.instant();
    private Map<String, String> annotations = Map.of();
    private PipelineSpec spec;
    private long generation;
    private Instant deletedAt;
    private boolean gone;
    private Instant nextPass = clock.instant();
    private final Set<String> ended = new TreeSet<>();
    private Predicate<SimulatedWorld> awaited;
    private Consumer<SimulatedWorld> then;

    SimulatedWorld() {
        kafka.producersLearnAfter(LEARNING);
        jobs.simulation.flink().reads(kafka, new JobGraphs(() -> revisions)::of);
    }

    void user(String yaml) {
        try {
            user(YAML.readValue(yaml, PipelineSpec.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void user(PipelineSpec next) {
        if (!next.equals(spec)) {
            spec = next;
            generation++;
            stored.accept(StoredWrite.of(second(), StoredWrite.Kind.SPEC, ID.name(), next));
        }
        nextPass = clock.instant();
    }

    /** Seconds since the beginning. */
    long second() {
        return Duration.between(createdAt, clock.instant()).toSeconds();
    }

    void annotate(Map<String, String> all) {
        annotations = Map.copyOf(all);
        nextPass = clock.instant();
    }

    void delete() {
        deletedAt = clock.instant();
        generation++;
        nextPass = clock.instant();
    }

    long generation() {
        return generation;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    Instant deletedAt() {
        return deletedAt;
    }

    boolean gone() {
        return gone;
    }

    void finalized() {
        gone = true;
    }

    /** Somebody takes the status away. */
    void loseStatus() {
        status = PipelineStatus.EMPTY;
        nextPass = clock.instant();
    }

    /** Step of the change under way. */
    Optional<String> step() {
        return Optional.ofNullable(status.upgrade()).map(UpgradeStatus::step);
    }

    /** The former job runs, and the change is said to have failed. */
    boolean rolledBack() {
        return is("Stalled")
                && condition("Stalled").orElseThrow().reason().equals("RolledBack")
                && status.upgrade() == null
                && is("JobRunning");
    }

    /** Does something as soon as something is seen, once. */
    void once(Predicate<SimulatedWorld> seen, Consumer<SimulatedWorld> what) {
        awaited = seen;
        then = what;
    }

    /** What was to be done once something is seen was not: it was not seen. */
    boolean stillAwaits() {
        return awaited != null;
    }

    private void awaited() {
        if (awaited != null && awaited.test(this)) {
            awaited = null;
            then.accept(this);
        }
    }

    /** Writes the status unless somebody else has in between. */
    boolean report(PipelineStatus next, PipelineStatus before) {
        if (!before.equals(status)) {
            return false;
        }
        if (next.lastUpgrade() != null && !next.lastUpgrade().equals(before.lastUpgrade())) {
            ended.add(next.lastUpgrade().id());
        }
        status = next;
        stored.accept(StoredWrite.of(second(), StoredWrite.Kind.STATUS, ID.name(), next));
        reported.accept(next);
        Notes.of(before, next).forEach(told);
        return true;
    }

    /** Changes that have ended, one way or the other. */
    int upgrades() {
        return ended.size();
    }

    Optional<Condition> condition(String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** The condition is True, and about the spec of now. */
    boolean is(String type) {
        return status.observedGeneration() != null
                && status.observedGeneration() == generation
                && condition(type)
                        .filter(found -> found.status() == Condition.Status.True)
                        .isPresent();
    }

    /** The order of each key is to be kept. */
    boolean ordered() {
        return spec.upgrade().growth() == Growth.DrainThenGrow;
    }

    boolean ready() {
        return is("Ready");
    }

    boolean completed() {
        return ready() && condition("Ready").orElseThrow().reason().equals("Completed");
    }

    /** Lets time pass, with the operator looking after every change and when it said it would. */
    void pass(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            long before = jobs.version();
            Instant step = clock.instant().plus(STEP);
            jobs.simulation.runUntil(step.isBefore(end) ? step : end);
            topics.look();
            topics.seen().stream()
                    .map(TopicState::topicName)
                    .forEach(topic -> kafka.grow(topic, topics.partitions(topic)));
            awaited();
            if (before != jobs.version() || !clock.instant().isBefore(nextPass)) {
                operate();
            }
        }
    }

    /** Lets time pass until nothing is under way. */
    void settle(Duration most) {
        Instant end = clock.instant().plus(most);
        do {
            pass(STEP);
        } while (clock.instant().isBefore(end) && !(deletedAt == null ? ready() || rolledBack() : gone));
    }

    /** One look of the operator. */
    void operate() {
        if (spec != null && !gone) {
            nextPass = clock.instant().plus(operator.look());
        }
    }

    Situation situation() {
        Map<Slot, FlinkJobState> seen = jobs.seen();
        return new Situation(
                ID,
                generation,
                createdAt,
                annotations,
                spec,
                status,
                new Observation(
                        Set.of(),
                        new KafkaState.Known(new KafkaAccess("kafka:9092", List.of())),
                        topics.seen(),
                        seen,
                        revisions,
                        unowned,
                        jobs.savepoints(),
                        jobs.checkpoints(),
                        jobs.handovers(),
                        jobs.podTroubles(seen),
                        jobs.podsLeft(),
                        Optional.empty(),
                        List.of()),
                DEFAULTS,
                clock.instant());
    }

    /** What is there in the end, apart from times and ids. */
    String end() {
        return "ready " + condition("Ready").map(Condition::reason) + ", rejected "
                + Optional.ofNullable(status.rejected()).map(found -> found.reason() + " " + found.message())
                + ", deployed "
                + Optional.ofNullable(status.deployed()).map(found -> found.revision()) + ", topics "
                + topics.seen().stream()
                        .map(topic -> topic.topicName() + "=" + topic.partitions())
                        .toList()
                + ", revisions " + revisions.keySet() + ", upgrade " + status.upgrade() + ", last "
                + Optional.ofNullable(status.lastUpgrade()).map(last -> last.kind() + " " + last.result())
                + ", savepoints " + jobs.savepoints().size() + "/"
                + status.savepoints().size() + ", jobs " + jobs.brief();
    }
}
