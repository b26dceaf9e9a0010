package io.kafkaflink.job.step;

import io.kafkaflink.job.record.RecordKey;
import java.io.Serial;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Puts key and window bounds before the metrics. */
final class WindowResult extends ProcessWindowFunction<Row, Row, String, TimeWindow> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int FIRST_METRIC = 3;

    private final RecordKey key;

    WindowResult(RecordKey key) {
        this.key = key;
    }

    @Override
    public void process(String text, Context context, Iterable<Row> elements, Collector<Row> out) {
        for (Row metrics : elements) {
            Row result = Row.withPositions(FIRST_METRIC + metrics.getArity());
            result.setField(0, key.valueOf(text));
            result.setField(1, context.window().getStart());
            result.setField(2, context.window().getEnd());
            for (int i = 0; i < metrics.getArity(); i++) {
                result.setField(FIRST_METRIC + i, metrics.getField(i));
            }
            out.collect(result);
        }
    }
}
