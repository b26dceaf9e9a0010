package io.kafkaflink.job.step;

import io.kafkaflink.model.Metric;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

/** The metrics of a window. The accumulator is a row with the state of one metric at each position. */
final class WindowMetrics implements AggregateFunction<Row, Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NO_FIELD = -1;

    private final Aggregate[] metrics;
    private final int[] fields;

    WindowMetrics(List<Metric> metrics, RecordSchema schema) {
        this.metrics =
                metrics.stream().map(metric -> Aggregate.of(metric, schema)).toArray(Aggregate[]::new);
        this.fields = metrics.stream()
                .mapToInt(metric -> metric.field().map(schema::indexOf).orElse(NO_FIELD))
                .toArray();
    }

    TypeInformation<Row> accumulatorType() {
        return Types.ROW(types(Aggregate::stateType));
    }

    TypeInformation<Row> resultType() {
        return Types.ROW(types(Aggregate::resultType));
    }

    private TypeInformation<?>[] types(Function<Aggregate, TypeInformation<?>> type) {
        return Arrays.stream(metrics).map(type).toArray(TypeInformation<?>[]::new);
    }

    @Override
    public Row createAccumulator() {
        Row accumulator = Row.withPositions(metrics.length);
        for (int i = 0; i < metrics.length; i++) {
            accumulator.setField(i, metrics[i].start());
        }
        return accumulator;
    }

    @Override
    public Row add(Row record, Row accumulator) {
        for (int i = 0; i < metrics.length; i++) {
            Object value = fields[i] == NO_FIELD ? (Object) 1L : record.getField(fields[i]);
            if (value != null) {
                accumulator.setField(i, metrics[i].add(accumulator.getField(i), value));
            }
        }
        return accumulator;
    }

    @Override
    public Row getResult(Row accumulator) {
        Row result = Row.withPositions(metrics.length);
        for (int i = 0; i < metrics.length; i++) {
            result.setField(i, metrics[i].result(accumulator.getField(i)));
        }
        return result;
    }

    @Override
    public Row merge(Row one, Row other) {
        for (int i = 0; i < metrics.length; i++) {
            one.setField(i, metrics[i].merge(one.getField(i), other.getField(i)));
        }
        return one;
    }
}
