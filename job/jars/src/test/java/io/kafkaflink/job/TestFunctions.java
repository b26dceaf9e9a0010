package io.kafkaflink.job;

import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Functions as users write them: against Flink only. */
public final class TestFunctions {
    private TestFunctions() {}

    /** The running sum of n, and it once more a minute after the first record of the key. */
    public static final class Total extends KeyedProcessFunction<String, Row, Row> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> total;

        @Override
        public void open(OpenContext context) {
            total = getRuntimeContext().getState(new ValueStateDescriptor<>("total", Types.LONG));
        }

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) throws Exception {
            if (total.value() == null) {
                total.update(0L);
                context.timerService().registerEventTimeTimer(context.timestamp() + 60_000);
            }
            total.update(total.value() + row.<Long>getFieldAs("n"));
            out.collect(result(row.getFieldAs("user"), total.value()));
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<Row> out) throws Exception {
            out.collect(result(context.getCurrentKey() + ": over", total.value()));
        }

        private static Row result(String user, long total) {
            Row row = Row.withNames();
            row.setField("total", total);
            row.setField("user", user);
            return row;
        }
    }

    /** Passes what a step of ours has numbered as this function numbers it, in its field nth; drops all else. */
    public static final class Counted extends KeyedProcessFunction<String, Row, Row> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) throws Exception {
            long now = count.value() == null ? 1 : count.value() + 1;
            count.update(now);
            if (row.getField("nth").equals(now)) {
                out.collect(row);
            }
        }
    }

    /** Each row several times, but none with 0. */
    public static final class Repeat extends ProcessFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        private final int times;

        public Repeat(Map<String, String> properties) {
            times = Integer.parseInt(properties.getOrDefault("times", "1"));
        }

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) {
            Long n = row.getFieldAs("n");
            for (int i = 0; i < times && (n == null || n != 0); i++) {
                out.collect(row);
            }
        }
    }

    /** An int where a Long is declared. */
    public static final class Wrong extends ProcessFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) {
            out.collect(Row.of(row.getField("user"), 1));
        }
    }

    /** Holds what cannot be serialized. */
    public static final class Unsendable extends ProcessFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        private final Thread thread = Thread.currentThread();

        @Override
        public void processElement(Row row, Context context, Collector<Row> out) {
            out.collect(Row.of(thread.getName()));
        }
    }
}
