package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.pipeline.Edit;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Shape.Sink;
import io.kafkaflink.rehearsal.report.Report.PipelineResult;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.traffic.EventReplay;
import io.kafkaflink.rehearsal.traffic.SinkOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Waits for the rest of the output of the user's pipeline and compares it with the input. */
record OutputCheck(
        Stage stage,
        Shape shape,
        Load load,
        Waiting waiting,
        AppliedPipeline pipeline,
        Duration deadline,
        Duration settle) {

    /** One result for each sink that leaves records to read. */
    List<PipelineResult> judge() {
        if (shape.source() instanceof Shape.Generator) {
            // It never ends by itself; stopped with a savepoint, all it made is committed.
            pipeline.apply(Edit.suspend(pipeline.manifest(), true));
            waiting.until(
                    "generator stopped",
                    deadline,
                    () -> pipeline.look().suspended()
                            ? Optional.empty()
                            : Optional.of(pipeline.look().word()));
        }
        List<InputRecord> input = load.replay().map(EventReplay::sent).orElse(List.of());
        List<PipelineResult> results = new ArrayList<>();
        load.outputs().forEach((sink, output) -> results.add(judge(sink, output, Judgement.of(shape, sink, input))));
        return results;
    }

    private PipelineResult judge(Sink sink, SinkOutput output, BiFunction<List<Row>, OptionalLong, Verdict> judge) {
        waiting.within(
                deadline,
                () -> output.atEnd() && judge.apply(output.rows(), late()).clean());
        // What comes after it was complete would be too much.
        waiting.within(settle, () -> false);
        OptionalLong late = late();
        Verdict verdict = judge.apply(output.rows(), late);
        String name = pipeline.manifest().path("metadata").path("name").asText();
        return new PipelineResult(
                load.outputs().size() > 1 ? name + "/" + sink.name() : name,
                sink.exactlyOnce() ? verdict : verdict.asReportOnly(),
                late);
    }

    private OptionalLong late() {
        return shape.window().isPresent() ? stage.lateRecords(pipeline) : OptionalLong.empty();
    }
}
