package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.pipeline.Edit;
import io.kafkaflink.rehearsal.pipeline.LocalPipeline;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.report.Report;
import io.kafkaflink.rehearsal.report.Report.Downtime;
import io.kafkaflink.rehearsal.report.Report.PipelineResult;
import io.kafkaflink.rehearsal.report.Timeline;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.Stage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The steps of a rehearsal, in order: start, growth, a changed spec, suspend and resume, the loss of the operator, and
 * the comparison of everything that came out with everything that went in. Records flow from the start to the end.
 */
final class Scenario implements AutoCloseable {
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration WITHOUT_OPERATOR = Duration.ofSeconds(3);
    /** How long output may still come once it is complete: duplicates would come within a checkpoint or two. */
    private static final Duration SETTLE = Duration.ofSeconds(6);

    private final Stage stage;
    private final Progress progress;
    private final Options options;
    private final PipelineFile file;
    private final Shape shape;
    private final Script script;
    private final Instant began;
    private final Waiting waiting;
    private final Pair pair;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private AppliedPipeline example;
    private AppliedPipeline numbers;
    private NumberedPipeline numbered;
    private Load load;
    private int partitions;
    private Duration firstOutput = Duration.ZERO;
    private Instant firstRecord = Instant.now();
    private Optional<String> lastUpgrade = Optional.empty();

    /** One step that may cost downtime, the time it took, and what the operator says of it. */
    private record Change(String name, Instant from, Instant to, Optional<Timeline.Upgrade> upgrade) {}

    Scenario(Stage stage, Options options, Script script, Progress progress, Instant began) {
        this.stage = stage;
        this.options = options;
        this.script = script;
        this.file = script.file();
        this.shape = file.shape();
        this.progress = progress;
        this.began = began;
        this.waiting = new Waiting(progress, this::look);
        this.pair = new Pair(waiting, stage.flink());
    }

    /** Plays all steps. */
    Report play() {
        start();
        if (script.upgrade().isPresent()) {
            upgrade(script.upgrade().get());
        } else {
            growth();
            changedSpec();
            suspendAndResume();
            lossOfTheOperator();
        }
        return finalCheck();
    }

    private void look() {
        stage.check();
        if (load != null) {
            load.show(progress);
            if (firstOutput.isZero() && load.committed() > 0) {
                firstOutput = Duration.between(began, Instant.now());
                progress.say("first committed output");
            }
        }
    }

    private void start() {
        LocalPipeline local = LocalPipeline.of(file, stage.bootstrapServers(), stage.stateDir());
        local.replaced().forEach(line -> progress.say("for this machine: " + line));
        int subtasks = subtasks(shape);
        // The numbered one has at least two partitions to grow.
        partitions = Math.max(2, subtasks);
        numbered = NumberedPipeline.beside(local.manifest(), stage.bootstrapServers(), partitions);
        example = AppliedPipeline.create(stage.client(), local.manifest());
        numbers = AppliedPipeline.create(stage.client(), numbered.manifest());
        pair.add(numbers, partitions);
        pair.add(example, subtasks);
        progress.say("applied " + example.name() + " and " + numbers.name());
        List<String> topics = topics();
        waiting.until("topics in Kafka", STEP, () -> stage.topics().missing(topics));
        progress.say("topics ready: " + String.join(", ", topics));
        pair.awaitRunning(true);
        progress.say("jobs RUNNING, one subtask per partition");
        lastUpgrade = UpgradeNews.id(numbers.status());
        firstRecord = Instant.now();
        load = new Load(stage.bootstrapServers(), shape, script.input().events(), numbered, options.recordsPerSecond());
        awaitOutput();
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>();
        shape.topics().forEach(topic -> topics.add(topic.name()));
        topics.add(numbered.input());
        topics.add(numbered.output());
        return topics.stream().distinct().toList();
    }

    /** FILE becomes what it is to become; a change that is taken back is a fault, and records must come through it, too. */
    private void upgrade(PipelineFile next) {
        LocalPipeline local = LocalPipeline.of(next, stage.bootstrapServers(), stage.stateDir());
        int subtasks = subtasks(next.shape());
        int inputs = Math.max(partitions, subtasks);
        change("upgrade to " + next.file().getFileName(), () -> {
            pair.change(example, local.manifest(), subtasks);
            pair.change(numbers, numbered.upgraded(local.manifest(), stage.bootstrapServers(), inputs), inputs);
            try {
                pair.awaitRunning(false);
                load.useNewPartitions();
            } catch (RehearsalFailedException takenBack) {
                progress.say(takenBack.getMessage());
                faults.add(takenBack.getMessage());
            }
        });
    }

    /** One per partition; a pipeline without topics runs in one. */
    private static int subtasks(Shape shape) {
        return shape.leadingTopics().stream()
                .mapToInt(Shape.Topic::partitions)
                .max()
                .orElse(1);
    }

    private void growth() {
        int more = partitions * 2;
        boolean managed = shape.leadingTopics().stream().allMatch(Shape.Topic::managed)
                && !shape.leadingTopics().isEmpty();
        change("growth " + partitions + "->" + more, () -> {
            pair.change(numbers, Edit.grow(numbers.manifest(), more), more);
            if (managed) {
                pair.change(example, Edit.grow(example.manifest(), more), more);
            } else {
                progress.say(example.name() + " does not grow: its topics are not its own");
            }
            pair.awaitRunning(false);
            load.useNewPartitions();
        });
    }

    private void changedSpec() {
        change("changed spec", () -> {
            progress.say("changing " + Edit.harmlessChange(example.manifest()));
            pair.edit(Edit::harmless);
            pair.awaitRunning(false);
        });
    }

    private void suspendAndResume() {
        change("suspend and resume", () -> {
            pair.edit(manifest -> Edit.suspend(manifest, true));
            pair.awaitSuspended();
            progress.say("suspended");
            pair.edit(manifest -> Edit.suspend(manifest, false));
            pair.awaitRunning(false);
        });
    }

    private void lossOfTheOperator() {
        change("operator killed", () -> {
            Map<String, String> before = pair.jobIds();
            stage.operator().kill();
            waiting.within(WITHOUT_OPERATOR, () -> false);
            stage.operator().start();
            // The new one must follow a change, or its silence would look like peace.
            pair.edit(manifest -> Edit.orphan(manifest, true));
            pair.awaitRunning(false);
            pair.edit(manifest -> Edit.orphan(manifest, false));
            pair.awaitRunning(false);
            if (!pair.jobIds().equals(before)) {
                throw new RehearsalFailedException("the new operator has restarted jobs that nobody changed: before "
                        + before + ", now " + pair.jobIds());
            }
        });
    }

    private void change(String name, Runnable steps) {
        progress.say(name);
        Instant from = Instant.now();
        steps.run();
        awaitOutput();
        Optional<String> newest = UpgradeNews.id(numbers.status());
        boolean news = !newest.equals(lastUpgrade);
        lastUpgrade = newest;
        changes.add(new Change(name, from, Instant.now(), news ? UpgradeNews.of(numbers.status()) : Optional.empty()));
        progress.say(name + ": done");
    }

    /** Waits for a second's worth of new output, so that steps do not run into each other. */
    private void awaitOutput() {
        long enough = load.numberedOut() + options.recordsPerSecond();
        waiting.until("numbered output", STEP, () -> {
            long missing = enough - load.numberedOut();
            return missing <= 0 ? Optional.empty() : Optional.of(missing + " records to come");
        });
        look();
    }

    private Report finalCheck() {
        progress.say("final check");
        load.finish();
        List<PipelineResult> results = new ArrayList<>();
        waiting.within(STEP, load::numberedComplete);
        if (script.upgrade().isEmpty() || script.upgrade().get().shape().sameResults(shape)) {
            results.addAll(new OutputCheck(stage, shape, load, waiting, example, STEP, SETTLE).judge());
        } else {
            progress.say("the output of " + example.name() + " is not checked: the upgrade changes what comes out");
            waiting.within(SETTLE, () -> false);
        }
        results.add(0, new PipelineResult("numbered", load.numberedVerdict(), OptionalLong.empty()));
        List<Downtime> downtimes = changes.stream()
                .map(change -> new Downtime(change.name(), load.pause(change.from(), change.to())))
                .toList();
        return new Report(
                "Rehearsal of " + file.file() + " on " + stage.description(),
                stage.realApi(),
                results,
                downtimes,
                stage.memory().peak(),
                stage.memory().processes(),
                firstOutput,
                Duration.between(began, Instant.now()),
                faults);
    }

    /** What happened when; only after {@link #play}. */
    Timeline timeline() {
        Instant end = Instant.now();
        return new Timeline(
                LongStream.of(load.sentPerSecond(firstRecord, end)).boxed().toList(),
                LongStream.of(load.committedPerSecond(firstRecord, end)).boxed().toList(),
                changes.stream()
                        .map(change -> new Timeline.Change(
                                change.name(),
                                seconds(change.from()),
                                seconds(change.to()),
                                load.pause(change.from(), change.to()).toMillis() / 1000.0,
                                change.upgrade()))
                        .toList());
    }

    private double seconds(Instant moment) {
        return Duration.between(firstRecord, moment).toMillis() / 1000.0;
    }

    /** Flink's web pages by pipeline. */
    Map<String, URI> flinkAddresses() {
        Map<String, URI> addresses = new LinkedHashMap<>();
        for (AppliedPipeline pipeline : List.of(example, numbers)) {
            stage.flink()
                    .address(pipeline.namespace(), pipeline.look().flinkDeployment())
                    .ifPresent(address -> addresses.put(pipeline.name(), address));
        }
        return addresses;
    }

    @Override
    public void close() {
        if (load != null) {
            load.close();
        }
    }
}
