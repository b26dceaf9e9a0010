package io.kafkaflink.job.step;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

/**
 * The metrics of a window. The accumulator is a row with one position a metric: a Long for a count, a map with the
 * values as keys for a distinct count, a Long or Double for a sum, which is 0 while all values are null.
 */
final class WindowMetrics implements AggregateFunction<Row, Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int NO_FIELD = -1;

    private final Metric.Kind[] kinds;
    private final int[] fields;
    private final FieldType[] types;
    private final String[] names;

    WindowMetrics(List<Metric> metrics, RecordSchema schema) {
        this.kinds = metrics.stream().map(Metric::kind).toArray(Metric.Kind[]::new);
        this.names = metrics.stream().map(Metric::name).toArray(String[]::new);
        this.fields = new int[kinds.length];
        this.types = new FieldType[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            String field =
                    switch (kinds[i]) {
                        case Count -> null;
                        case Distinct -> metrics.get(i).distinct().field();
                        case Sum -> metrics.get(i).sum().field();
                    };
            fields[i] = field == null ? NO_FIELD : schema.indexOf(field);
            types[i] = field == null ? FieldType.Long : schema.get(field).type();
        }
    }

    TypeInformation<Row> accumulatorType() {
        TypeInformation<?>[] positions = new TypeInformation<?>[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            TypeInformation<?> value = RowTypes.of(types[i]);
            positions[i] = kinds[i] == Metric.Kind.Distinct ? Types.MAP(value, Types.BOOLEAN) : value;
        }
        return Types.ROW(positions);
    }

    TypeInformation<Row> resultType() {
        TypeInformation<?>[] positions = new TypeInformation<?>[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            positions[i] = kinds[i] == Metric.Kind.Distinct ? Types.LONG : RowTypes.of(types[i]);
        }
        return Types.ROW(positions);
    }

    @Override
    public Row createAccumulator() {
        Row accumulator = Row.withPositions(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            accumulator.setField(
                    i,
                    switch (kinds[i]) {
                        case Count -> 0L;
                        case Distinct -> new HashMap<>();
                        case Sum -> types[i] == FieldType.Double ? (Object) 0.0 : (Object) 0L;
                    });
        }
        return accumulator;
    }

    @Override
    public Row add(Row record, Row accumulator) {
        for (int i = 0; i < kinds.length; i++) {
            Object value = fields[i] == NO_FIELD ? (Object) 1L : record.getField(fields[i]);
            if (value == null) {
                continue;
            }
            switch (kinds[i]) {
                case Count, Sum -> accumulator.setField(i, plus(i, accumulator.getField(i), value));
                case Distinct -> values(accumulator, i).put(value, Boolean.TRUE);
            }
        }
        return accumulator;
    }

    @Override
    public Row getResult(Row accumulator) {
        Row result = Row.withPositions(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            result.setField(
                    i,
                    kinds[i] == Metric.Kind.Distinct
                            ? (Object) (long) values(accumulator, i).size()
                            : accumulator.getField(i));
        }
        return result;
    }

    @Override
    public Row merge(Row one, Row other) {
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == Metric.Kind.Distinct) {
                values(one, i).putAll(values(other, i));
            } else {
                one.setField(i, plus(i, one.getField(i), other.getField(i)));
            }
        }
        return one;
    }

    /** A sum that left its range would be a wrong result from then on: the job fails and says so instead. */
    private Object plus(int metric, Object sum, Object value) {
        if (sum instanceof Double before) {
            double after = before + (Double) value;
            if (!Double.isFinite(after)) {
                throw new ArithmeticException("The window metric '" + names[metric] + "' leaves the range of a Double");
            }
            return after;
        }
        try {
            return Math.addExact((Long) sum, (Long) value);
        } catch (ArithmeticException e) {
            throw new ArithmeticException("The window metric '" + names[metric] + "' leaves the range of a Long");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Boolean> values(Row accumulator, int position) {
        return (Map<Object, Boolean>) accumulator.getField(position);
    }
}
