package io.kafkaflink.job.step;

import io.kafkaflink.model.Timespan;
import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/**
 * Drops the rows of a key that are less than a time before or after the last one that was kept. The time is event time: by
 * the clock, a job that catches up would see hours in a second and take records for repetitions that are none.
 *
 * <p>For each key the event time of the last row that was kept is known, until event time is past the span behind it. Which
 * span that is, is not part of the state, so that it may change.
 */
public final class FirstOfKey extends KeyedProcessFunction<String, Row, Row> {
    /** Counter of each subtask, from its start on. */
    public static final String METRIC = "droppedDuplicates";

    @Serial
    private static final long serialVersionUID = 1L;

    private final long within;
    private transient ValueState<Long> kept;
    private transient Counter dropped;

    FirstOfKey(String within) {
        this.within = Timespan.parse(within).toMillis();
    }

    @Override
    public void open(OpenContext context) {
        kept = getRuntimeContext().getState(new ValueStateDescriptor<>("kept", Types.LONG));
        dropped = getRuntimeContext().getMetricGroup().counter(METRIC);
    }

    @Override
    public void processElement(Row row, Context context, Collector<Row> out) throws Exception {
        long time = context.timestamp();
        Long last = kept.value();
        if (last != null && Math.abs(time - last) < within) {
            dropped.inc();
            return;
        }
        if (last == null || time > last) {
            kept.update(time);
            context.timerService().registerEventTimeTimer(time + within);
        }
        out.collect(row);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Row> out) throws Exception {
        Long last = kept.value();
        if (last == null) {
            return;
        }
        if (last + within <= time) {
            kept.clear();
        } else {
            // A later row was kept since, or the span is longer than it was when this timer was set.
            context.timerService().registerEventTimeTimer(last + within);
        }
    }
}
