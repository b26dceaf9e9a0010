import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** Counts upwards for ever and fails when a number is missing or comes twice. */
public class NumbersJob {
    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--config") || !args[1].equals("a b.yaml")) {
            throw new IllegalArgumentException("wrong arguments: " + String.join("|", args));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        var numbers = new DataGeneratorSource<Long>(
                i -> i, Long.MAX_VALUE, RateLimiterStrategy.perSecond(200), Types.LONG);
        env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
                .uid("numbers")
                .setParallelism(1)
                .keyBy(i -> 0)
                .process(new NoGap())
                .uid("no-gap")
                .name("no-gap")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        env.execute("numbers");
    }

    public static class NoGap extends KeyedProcessFunction<Integer, Long, Long> {
        private transient ValueState<Long> last;
        private transient volatile long seen;

        @Override
        public void open(OpenContext context) {
            if (NoGap.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
                throw new IllegalStateException("not loaded child-first from usrlib");
            }
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
            getRuntimeContext().getMetricGroup().gauge("lastNumber", () -> seen);
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
            long expected = last.value() == null ? 0 : last.value() + 1;
            if (number != expected) {
                throw new IllegalStateException("expected " + expected + ", got " + number);
            }
            last.update(number);
            seen = number;
            out.collect(number);
        }
    }
}
