package io.kafkaflink.job.step;

import io.kafkaflink.job.record.RecordKey;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.model.Window;
import java.io.Serial;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Puts key and window bounds before the metrics, and adds those that are a matter of the bounds. */
final class WindowResult extends ProcessWindowFunction<Row, Row, String, TimeWindow> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int FIRST_METRIC = 3;

    private final RecordKey key;
    private final boolean[] durations;
    private final long gap;

    WindowResult(RecordKey key, Window window) {
        this.key = key;
        this.durations = new boolean[window.metrics().size()];
        for (int i = 0; i < durations.length; i++) {
            durations[i] = window.metrics().get(i).kind() == Metric.Kind.Duration;
        }
        this.gap = window.session() == null
                ? 0
                : Timespan.parse(window.session().gap()).toMillis();
    }

    @Override
    public void process(String text, Context context, Iterable<Row> elements, Collector<Row> out) {
        TimeWindow window = context.window();
        for (Row metrics : elements) {
            Row result = Row.withPositions(FIRST_METRIC + metrics.getArity());
            result.setField(0, key.valueOf(text));
            result.setField(1, window.getStart());
            result.setField(2, window.getEnd());
            for (int i = 0; i < metrics.getArity(); i++) {
                // A session ends a gap after its last record.
                result.setField(
                        FIRST_METRIC + i,
                        durations[i] ? (Object) (window.getEnd() - gap - window.getStart()) : metrics.getField(i));
            }
            out.collect(result);
        }
    }
}
