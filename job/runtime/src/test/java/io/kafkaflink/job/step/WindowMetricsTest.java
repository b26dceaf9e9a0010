package io.kafkaflink.job.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.RecordSchema;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class WindowMetricsTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("user", FieldType.String),
            new Field("bytes", FieldType.Long),
            new Field("price", FieldType.Double)));

    private static final WindowMetrics METRICS = new WindowMetrics(
            List.of(
                    Metric.count("n"),
                    Metric.distinct("users", "user"),
                    Metric.sum("bytes", "bytes"),
                    Metric.sum("price", "price")),
            SCHEMA);

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

    private static final WindowMetrics ORDER = new WindowMetrics(
            List.of(
                    Metric.min("least", "bytes"),
                    Metric.max("most", "price"),
                    Metric.avg("mean", "bytes"),
                    Metric.avg("price", "price"),
                    Metric.duration("ms")),
            SCHEMA);

    private static Row order(Row... records) {
        Row accumulator = ORDER.createAccumulator();
        for (Row record : records) {
            accumulator = ORDER.add(record, accumulator);
        }
        return accumulator;
    }

    @Test
    void findsExtremesAndMeans() {
        assertThat(ORDER.getResult(order(Row.of("a", 5L, -0.5), Row.of("a", null, null), Row.of("b", -2L, -1.5))))
                .isEqualTo(Row.of(-2L, -0.5, 1.5, -1.0, 0L));
        assertThat(ORDER.getResult(order(Row.of("a", null, null)))).isEqualTo(Row.of(null, null, null, null, 0L));
    }

    @Test
    void mergesExtremesAndMeansAsIfAddedToOne() {
        Row one = order(Row.of("a", 5L, null), Row.of("a", 7L, null));
        Row other = order(Row.of("b", 3L, 0.25));
        Row none = order(Row.of("b", null, null));
        assertThat(ORDER.getResult(ORDER.merge(ORDER.merge(none, one), other)))
                .isEqualTo(Row.of(3L, 0.25, 5.0, 0.25, 0L));
    }

    @Test
    void meanFailsRatherThanBecomeInfinite() {
        assertThatThrownBy(() -> order(Row.of("a", null, Double.MAX_VALUE), Row.of("a", null, Double.MAX_VALUE)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("The window metric 'price' leaves the range of a Double");
    }

    @Test
    void noStateIsSerializedByKryo() {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        ExecutionConfig config = new ExecutionConfig(settings);
        for (WindowMetrics metrics : List.of(METRICS, ORDER)) {
            TypeSerializer<Row> serializer = metrics.accumulatorType().createSerializer(config.getSerializerConfig());
            assertThat(serializer.copy(metrics.createAccumulator())).isEqualTo(metrics.createAccumulator());
            metrics.resultType().createSerializer(config.getSerializerConfig());
        }
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
