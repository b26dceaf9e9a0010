package io.kafkaflink.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.FlinkSide;
import io.kafkaflink.rehearsal.stage.PipelineView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The pipelines under rehearsal, taken through the same steps at the same time. */
final class Pair {
    private static final Duration STEP = Duration.ofMinutes(5);

    private final Waiting waiting;
    private final FlinkSide flink;
    private final Map<AppliedPipeline, Integer> parallelism = new LinkedHashMap<>();

    Pair(Waiting waiting, FlinkSide flink) {
        this.waiting = waiting;
        this.flink = flink;
    }

    /** Adds a pipeline that is to run with so many subtasks. */
    void add(AppliedPipeline pipeline, int subtasks) {
        parallelism.put(pipeline, subtasks);
    }

    /** Applies a change of every pipeline's YAML. */
    void edit(UnaryOperator<ObjectNode> change) {
        parallelism.keySet().forEach(pipeline -> pipeline.apply(change.apply(pipeline.manifest())));
    }

    /** Applies a change of one pipeline that is to run with so many subtasks then. */
    void change(AppliedPipeline pipeline, ObjectNode changed, int subtasks) {
        pipeline.apply(changed);
        parallelism.put(pipeline, subtasks);
    }

    /** Waits until all run as their YAML says; the first time a refusal by the operator is the file's fault. */
    void awaitRunning(boolean firstTime) {
        await("jobs RUNNING", firstTime, false);
        parallelism.forEach(this::confirm);
    }

    /** The operator's word is not enough: Flink itself must say the same. */
    private void confirm(AppliedPipeline pipeline, int subtasks) {
        int real = flink.parallelism(pipeline.namespace(), pipeline.look().flinkDeployment());
        if (real != subtasks) {
            throw new RehearsalFailedException(
                    pipeline.name() + " says that it runs with " + subtasks + " subtasks; its Flink job says " + real);
        }
    }

    /** Ids of the Flink jobs, by pipeline. */
    Map<String, String> jobIds() {
        Map<String, String> ids = new TreeMap<>();
        parallelism
                .keySet()
                .forEach(pipeline -> ids.put(
                        pipeline.name(),
                        flink.jobId(pipeline.namespace(), pipeline.look().flinkDeployment())
                                .orElse("none")));
        return ids;
    }

    /** Waits until all are stopped with a savepoint. */
    void awaitSuspended() {
        await("jobs suspended", false, true);
    }

    private void await(String what, boolean firstTime, boolean suspended) {
        try {
            waiting.until(what, STEP, () -> missing(firstTime, suspended));
        } catch (RehearsalFailedException late) {
            String words = parallelism.keySet().stream()
                    .map(pipeline ->
                            "\n  " + pipeline.name() + ": " + pipeline.look().words())
                    .collect(Collectors.joining());
            throw new RehearsalFailedException(late.getMessage() + words);
        }
    }

    private Optional<String> missing(boolean firstTime, boolean suspended) {
        List<String> missing = new ArrayList<>();
        parallelism.forEach((pipeline, subtasks) -> {
            PipelineView view = pipeline.look();
            refuse(pipeline, view, firstTime);
            boolean there = suspended ? view.suspended() : view.runningAt(subtasks);
            if (!there) {
                missing.add(pipeline.shortName() + " " + view.word());
            }
        });
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }

    /** Stalled means that only a change by the user helps: waiting would not. */
    private static void refuse(AppliedPipeline pipeline, PipelineView view, boolean firstTime) {
        if (view.current() && view.stalled().isPresent()) {
            String message = "the operator refuses " + pipeline.name() + ": "
                    + view.stalled().get();
            throw firstTime ? new BadInputException(message) : new RehearsalFailedException(message);
        }
    }
}
