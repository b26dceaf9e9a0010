package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.check.GeneratedCheck;
import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.check.RowCheck;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.check.WindowCheck;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Shape.Generator;
import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Chooses how a pipeline's output is checked. */
final class Judgement {
    private Judgement() {}

    /**
     * What to do with all output rows of a sink and the job's own count of late records.
     *
     * @param input all events in the order of their partitions; ignored for a generator
     * @throws UncheckableException when the rehearsal cannot tell what to expect of this pipeline
     */
    static BiFunction<List<Row>, OptionalLong, Verdict> of(Shape shape, Shape.Sink sink, List<InputRecord> input) {
        if (sink.tombstones().isPresent()
                && (shape.source() instanceof Generator || shape.window().isPresent())) {
            throw new UncheckableException("sink '" + sink.name()
                    + "' has tombstoneWhen, which the rehearsal can check only of records that were read and went"
                    + " through no window");
        }
        if (shape.source() instanceof Generator generator) {
            GeneratedCheck check = new GeneratedCheck(generatedText(shape, generator));
            return (rows, late) -> check.compare(
                    rows.stream().map(row -> String.valueOf(row.get("value"))).toList());
        }
        if (shape.window().isPresent()) {
            WindowCheck check = new WindowCheck(shape.transforms(), shape.maxOutOfOrderness(), input);
            return (rows, late) -> check.compare(input.size(), rows, late);
        }
        if (shape.queriesWindows()) {
            refuseLate(shape, input);
        }
        RowCheck check = new RowCheck(shape.transforms(), input, sink.tombstones());
        return (rows, late) -> check.compare(input.size(), rows);
    }

    /** SQL drops late records and does not count them, and which are late depends on how fast partitions are read. */
    private static void refuseLate(Shape shape, List<InputRecord> input) {
        long allowance = shape.maxOutOfOrderness().toMillis();
        long doubtful = input.stream()
                .filter(record -> record.eventTime() <= record.newestBefore() - allowance)
                .count();
        if (doubtful > 0) {
            throw new UncheckableException(doubtful
                    + " events may come too late for a window of the query; it can be checked without such events"
                    + " only. Raise spec.eventTime.maxOutOfOrderness, or give events in better order with --input");
        }
    }

    private static String generatedText(Shape shape, Generator generator) {
        String text = generator.text();
        for (Transform step : shape.transforms()) {
            if (step instanceof Transform.Prefix prefix) {
                text = prefix.value() + text;
            } else if (!(step instanceof Transform.Rebalance)) {
                throw new UncheckableException("behind a generator the rehearsal can check prefix and rebalance only");
            }
        }
        return text;
    }
}
