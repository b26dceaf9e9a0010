package io.kafkaflink.job.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.RecordSchema;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class WindowMetricsTest {
    private static final WindowMetrics METRICS = new WindowMetrics(
            List.of(
                    new Metric("n", new Metric.Count(), null, null),
                    new Metric("users", null, new Metric.Distinct("user"), null),
                    new Metric("bytes", null, null, new Metric.Sum("bytes")),
                    new Metric("price", null, null, new Metric.Sum("price"))),
            new RecordSchema(List.of(
                    new Field("user", FieldType.String),
                    new Field("bytes", FieldType.Long),
                    new Field("price", FieldType.Double))));

    private static Row accumulate(Row... records) {
        Row accumulator = METRICS.createAccumulator();
        for (Row record : records) {
            accumulator = METRICS.add(record, accumulator);
        }
        return accumulator;
    }

    @Test
    void leavesNullsOut() {
        Row accumulator = accumulate(
                Row.of("a", 5L, 0.5), Row.of("a", null, 0.25), Row.of("b", -2L, null), Row.of(null, null, null));
        assertThat(METRICS.getResult(accumulator)).isEqualTo(Row.of(4L, 2L, 3L, 0.75));
    }

    @Test
    void addsUpNothingToZero() {
        assertThat(METRICS.getResult(accumulate(Row.of(null, null, null)))).isEqualTo(Row.of(1L, 0L, 0L, 0.0));
    }

    @Test
    void mergesAsIfAddedToOne() {
        Row merged =
                METRICS.merge(accumulate(Row.of("a", 1L, 1.0), Row.of("b", 2L, 2.0)), accumulate(Row.of("b", 3L, 3.0)));
        assertThat(METRICS.getResult(merged)).isEqualTo(Row.of(3L, 2L, 6L, 6.0));
    }

    @Test
    void failsRatherThanWrapAround() {
        assertThatThrownBy(() -> accumulate(Row.of("a", Long.MAX_VALUE, null), Row.of("a", 1L, null)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("The window metric 'bytes' leaves the range of a Long");
        assertThatThrownBy(() -> accumulate(Row.of("a", 0L, Double.MAX_VALUE), Row.of("a", 0L, Double.MAX_VALUE)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("The window metric 'price' leaves the range of a Double");
    }
}
