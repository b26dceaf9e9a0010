import java.nio.file.Files;
import java.nio.file.Path;
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

/** Does what a mounted file says: throws, or counts upwards and restarts for ever when a number is missing or repeated. */
public class MountedJob {
    public static void main(String[] args) throws Exception {
        String order = Files.readString(Path.of(args[1])).strip();
        if (!order.equals("count")) {
            throw new IllegalStateException("told to " + order);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        var numbers = new DataGeneratorSource<Long>(
                i -> i, Long.MAX_VALUE, RateLimiterStrategy.perSecond(100), Types.LONG);
        env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
                .uid("numbers")
                .setParallelism(1)
                .keyBy(i -> 0)
                .process(new NoGap())
                .uid("no-gap")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        env.execute("mounted");
    }

    public static class NoGap extends KeyedProcessFunction<Integer, Long, Long> {
        private transient ValueState<Long> last;

        @Override
        public void open(OpenContext context) {
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
            long expected = last.value() == null ? 0 : last.value() + 1;
            if (number != expected) {
                throw new IllegalStateException("expected " + expected + ", got " + number);
            }
            last.update(number);
            out.collect(number);
        }
    }
}
