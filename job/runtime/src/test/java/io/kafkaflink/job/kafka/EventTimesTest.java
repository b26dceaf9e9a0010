package io.kafkaflink.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.types.Row;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {
    private static final RecordSchema SCHEMA =
            new RecordSchema(List.of(new Field("page", FieldType.String), new Field("at", FieldType.String)));

    /** What a user's image may have. */
    public static final class Own implements WatermarkStrategy<Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public WatermarkGenerator<Row> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
            return new WatermarkGenerator<>() {
                @Override
                public void onEvent(Row row, long time, WatermarkOutput output) {
                    output.emitWatermark(new Watermark(time / 2));
                }

                @Override
                public void onPeriodicEmit(WatermarkOutput output) {}
            };
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            -                     | -   | 6999
            BoundedOutOfOrderness | -   | 6999
            Monotonous            | -   | 9999
            None                  | -   | -
            Custom                | Own | 4500
            """)
    @DisplayName("how far event time has come after two records, of which the later one is older")
    void strategies(EventTime.Strategy strategy, String own, Long expected) {
        EventTime time = time(strategy, own == null ? null : Own.class.getName(), null);
        Watermarks seen = new Watermarks();
        WatermarkGenerator<Row> generator = EventTimes.of(time, SCHEMA).createWatermarkGenerator(new Context());

        for (long at : new long[] {10_000, 9_000}) {
            generator.onEvent(Row.of("p", null), at, seen);
            generator.onPeriodicEmit(seen);
        }

        if (expected == null) {
            assertThat(seen.times).isEmpty();
        } else {
            assertThat(seen.times).last().isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("the time of a field takes the place of the record's, with dead letters and alignment beside it")
    void fields() {
        EventTime.Alignment alignment = new EventTime.Alignment(null, "5m", null);
        EventTime time = time(null, null, alignment);

        assertThat(EventTimes.of(time, SCHEMA)
                        .createTimestampAssigner(UnregisteredMetricsGroup::new)
                        .extractTimestamp(Row.of("p", "1970-01-01T00:00:07Z"), 5))
                .isEqualTo(7_000);
        assertThat(EventTimes.besideLetters(time, SCHEMA).getAlignmentParameters())
                .satisfies(parameters -> {
                    assertThat(parameters.getWatermarkGroup()).isEqualTo("source");
                    assertThat(parameters.getMaxAllowedWatermarkDrift()).isEqualTo(300_000);
                    assertThat(parameters.getUpdateInterval()).isEqualTo(1_000);
                });
        assertThat(EventTimes.of(time(null, null, null), SCHEMA)
                        .getAlignmentParameters()
                        .isEnabled())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            com.example.Nowhere | com.example.Nowhere cannot be loaded or made (java.lang.ClassNotFoundException
            java.lang.String    | found java.lang.String, which does not implement
            java.lang.Integer   | java.lang.Integer cannot be loaded or made (java.lang.NoSuchMethodException
            """)
    @DisplayName("a class that is no strategy is refused where the job is built")
    void refuses(String name, String message) {
        EventTime time = time(EventTime.Strategy.Custom, name, null);

        assertThatThrownBy(() -> EventTimes.of(time, SCHEMA))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("eventTime.strategyClass: ")
                .hasMessageContaining(message);
    }

    private static EventTime time(EventTime.Strategy strategy, String own, EventTime.Alignment alignment) {
        return new EventTime(
                EventTime.Timestamp.Field, "at", "3s", "30s", EventTime.FieldFormat.Iso8601, strategy, own, alignment);
    }

    private static final class Watermarks implements WatermarkOutput {
        private final List<Long> times = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            times.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }

    private static final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return SystemClock.getInstance();
        }
    }
}
