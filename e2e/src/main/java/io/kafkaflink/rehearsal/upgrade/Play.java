package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.Waiting;
import io.kafkaflink.rehearsal.check.Outages;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.PipelineView;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.traffic.NumberedFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One scenario while it is played. */
final class Play implements AutoCloseable {
    static final Duration STEP = Duration.ofMinutes(4);
    /** Longer than a checkpoint takes: what is duplicated comes within. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final Stage stage;
    private final UpgradeScenario scenario;
    private final NumberedPipeline numbered;
    private final Progress progress;
    private final Waiting waiting;
    private final Optional<HandoverWatch> watch;
    private final Optional<Crash> crash;
    private final NumberedFlow flow;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Runnable> meanwhile = new ArrayList<>();
    private AppliedPipeline pipeline;
    private Optional<AppliedPipeline> left = Optional.empty();
    private Instant from = Instant.now();
    private long acceptedLoss;
    private int writes;

    /** @param crash what dies in one of the steps; times are no figures then, and nobody takes them */
    Play(
            Stage stage,
            UpgradeScenario scenario,
            NumberedPipeline numbered,
            int perSecond,
            Progress progress,
            Optional<Crash> crash) {
        this.stage = stage;
        this.scenario = scenario;
        this.numbered = numbered;
        this.progress = progress;
        this.waiting = new Waiting(progress, this::look);
        this.crash = crash;
        this.watch = crash.isPresent()
                ? Optional.empty()
                : Optional.of(new HandoverWatch(stage.client(), namespace(), stage.flink()));
        watch.ifPresent(open::push);
        this.flow = new NumberedFlow(stage.bootstrapServers(), numbered.output(), perSecond);
        open.push(flow);
    }

    private void look() {
        crash.ifPresent(Crash::look);
        if (!away()) {
            stage.check();
            flow.received();
            meanwhile.forEach(Runnable::run);
        }
    }

    private boolean away() {
        return crash.filter(Crash::away).isPresent();
    }

    /** Starts the pipeline, plays all steps, and compares what came out with what went in. */
    UpgradeRow play() {
        start();
        from = Instant.now();
        stage.gate().reset();
        crash.ifPresent(Crash::arm);
        scenario.steps().forEach(step -> {
            progress.say("  " + step.what());
            step.act().play(this);
        });
        writes = stage.gate().writes().size();
        awaitOutput();
        Instant to = Instant.now();
        PipelineView end = pipeline.look();
        String result = end.stalled().isPresent() ? rejection() : end.ready().orElse("not ready");
        Verdict verdict = compare();
        Optional<Outages.Gap> gap = flow.gap(from, to);
        Optional<Takeover> takeover = watch.flatMap(seen -> Takeover.of(gap, seen.since(name(), from)));
        boolean right = right(verdict);
        List<String> all = new ArrayList<>(notes);
        if (!scenario.ordered()) {
            all.add("the order of keys was not asked for: " + verdict.faults());
        }
        if (!right) {
            all.addAll(verdict.faults());
        }
        return new UpgradeRow(
                scenario.title(),
                result,
                right && result.startsWith(scenario.ending().word()),
                Optional.of(verdict),
                takeover.flatMap(Takeover::timeArmed),
                gap.map(Outages.Gap::length),
                takeover.flatMap(seen -> gap.flatMap(seen::phases)),
                takeover.flatMap(Takeover::result).map(done -> done.offsets()),
                all);
    }

    /** Out of order, a record's running count is another one than its number, too. */
    private boolean right(Verdict verdict) {
        if (!scenario.ordered()) {
            return verdict.lost() == 0 && verdict.duplicated() == 0;
        }
        return acceptedLoss == 0
                ? verdict.clean()
                : verdict.lost() == acceptedLoss
                        && verdict.duplicated() == 0
                        && verdict.outOfOrder().orElse(0) == 0;
    }

    private void start() {
        pipeline = AppliedPipeline.create(stage.client(), numbered.manifest());
        waiting.until(
                "topics in Kafka", STEP, () -> stage.topics().missing(List.of(numbered.input(), numbered.output())));
        conditions().awaitReady();
        flow.send(numbered.input(), scenario.input().route());
        awaitOutput();
    }

    private Verdict compare() {
        flow.stopSending();
        waiting.within(STEP, () -> flow.complete(acceptedLoss));
        waiting.within(SETTLE, () -> false);
        return flow.verdict();
    }

    /** Applies a changed spec. */
    void edit(Consumer<ObjectNode> change) {
        ObjectNode changed = pipeline.manifest().deepCopy();
        change.accept((ObjectNode) changed.get("spec"));
        pipeline.apply(changed);
    }

    /** The records flow through another pipeline from now on. */
    void goOnWith(AppliedPipeline other) {
        left = Optional.of(pipeline);
        pipeline = other;
    }

    /** What the pipeline's conditions come to. */
    Conditions conditions() {
        return new Conditions(pipeline, waiting, crash);
    }

    /** Waits for a second's worth of new output. */
    void awaitOutput() {
        long enough = flow.received() + flow.perSecond();
        waiting.until("numbered output", STEP, () -> {
            long missing = enough - flow.received();
            return missing <= 0 ? Optional.empty() : Optional.of(missing + " records to come");
        });
    }

    /** Waits for something else. */
    void await(String what, Supplier<Optional<String>> missing) {
        waiting.until(what, STEP, missing);
    }

    /** Lets time pass. */
    void pause(Duration time) {
        waiting.within(time, () -> false);
    }

    /** Does something at every look until the scenario ends. */
    void keepDoing(Runnable work) {
        meanwhile.add(work);
    }

    /** Closes something when the scenario ends. */
    void closeLater(AutoCloseable thing) {
        open.push(thing);
    }

    /** Says below the table what a person should know. */
    void note(String note) {
        notes.add(note);
    }

    /** So many records may be missing in the end, neither more nor less. */
    void acceptLoss(long records) {
        acceptedLoss = records;
    }

    private String rejection() {
        String reason = status().at("/rejected/reason").asText();
        return reason.isEmpty() ? pipeline.look().stalled().orElse("not ready") : "RolledBack: " + reason;
    }

    /** Writes that the operator made for the steps. */
    int writes() {
        return writes;
    }

    JsonNode status() {
        return pipeline.status();
    }

    Progress progress() {
        return progress;
    }

    AppliedPipeline pipeline() {
        return pipeline;
    }

    /** Of the input at first. */
    int partitions() {
        return scenario.input().partitions();
    }

    NumberedPipeline numbered() {
        return numbered;
    }

    NumberedFlow flow() {
        return flow;
    }

    Stage stage() {
        return stage;
    }

    Instant from() {
        return from;
    }

    String name() {
        return numbered.manifest().path("metadata").path("name").asText();
    }

    String namespace() {
        return numbered.manifest().path("metadata").path("namespace").asText();
    }

    /** Deletes the pipeline and waits for its processes to end, so that the next one has the machine for itself. */
    @Override
    public void close() throws Exception {
        flow.stopSending();
        // A point that the scenario has not reached must not strike at the deletion, which nobody judges.
        stage.gate().reset();
        while (!open.isEmpty()) {
            open.pop().close();
        }
        if (pipeline != null) {
            Waiting end = new Waiting(progress, this::lookAfter);
            end.until("what has died", STEP, () -> away() ? Optional.of("it is not back yet") : Optional.empty());
            left.orElse(pipeline).delete();
            waitForNothing(end);
        }
    }

    /** The records are judged by now. */
    private void lookAfter() {
        crash.ifPresent(Crash::look);
        if (!away()) {
            stage.check();
        }
    }

    private void waitForNothing(Waiting end) {
        end.until("deletion of " + name(), STEP, () -> stage.flink().running(namespace(), name() + "-"));
    }
}
