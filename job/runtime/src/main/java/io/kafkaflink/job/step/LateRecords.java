package io.kafkaflink.job.step;

import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.types.Row;

/**
 * Counts the records that came after their window was closed in the metric {@value #METRIC}, and hands them on, to a sink
 * where there is one for them. The sum over all subtasks is the total since the pipeline's first start: it is kept in savepoints and survives rescaling.
 */
public final class LateRecords extends RichMapFunction<Row, Row> implements CheckpointedFunction {
    /** Gauge of each subtask; add them up. */
    public static final String METRIC = "lateRecords";

    @Serial
    private static final long serialVersionUID = 1L;

    private transient ListState<Long> state;
    private transient volatile long count;

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().getMetricGroup().gauge(METRIC, (Gauge<Long>) () -> count);
    }

    @Override
    public Row map(Row late) {
        count = count + 1;
        return late;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>(METRIC, Types.LONG));
        for (Long part : state.get()) {
            count = count + part;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(count));
    }
}
