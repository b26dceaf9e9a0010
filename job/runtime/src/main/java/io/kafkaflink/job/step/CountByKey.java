package io.kafkaflink.job.step;

import java.io.Serial;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Appends to each row how many rows of its key there were, itself included. A count is kept for each key for ever. */
final class CountByKey extends KeyedProcessFunction<String, Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Row row, Context context, Collector<Row> out) throws Exception {
        Long before = count.value();
        long now = before == null ? 1 : before + 1;
        count.update(now);
        int arity = row.getArity();
        Row counted = Row.withPositions(arity + 1);
        for (int i = 0; i < arity; i++) {
            counted.setField(i, row.getField(i));
        }
        counted.setField(arity, now);
        out.collect(counted);
    }
}
