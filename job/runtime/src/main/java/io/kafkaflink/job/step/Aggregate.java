package io.kafkaflink.job.step;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.RecordSchema;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

/** How one metric of a window is computed. Its state is part of savepoints: the types below must never change. */
sealed interface Aggregate extends Serializable {
    TypeInformation<?> stateType();

    TypeInformation<?> resultType();

    /** State before the first value. */
    Object start();

    /** State after one more value, which is not null. */
    Object add(Object state, Object value);

    /** State of two windows that became one. */
    Object merge(Object one, Object other);

    Object result(Object state);

    static Aggregate of(Metric metric, RecordSchema schema) {
        FieldType type = metric.field().map(field -> schema.get(field).type()).orElse(FieldType.Long);
        return switch (metric.kind()) {
            case Count -> new Total(metric.name(), FieldType.Long);
            case Sum -> new Total(metric.name(), type);
            case Distinct -> new Different(type);
            case Min -> new Extreme(type, false);
            case Max -> new Extreme(type, true);
            case Avg -> new Mean(metric.name());
            case Duration -> new Nothing();
        };
    }

    /** Sum of values, 0 while there are none; a count is the sum of a one for each record. */
    record Total(String name, FieldType type) implements Aggregate {
        @Override
        public TypeInformation<?> stateType() {
            return RowTypes.of(type);
        }

        @Override
        public TypeInformation<?> resultType() {
            return RowTypes.of(type);
        }

        @Override
        public Object start() {
            return type == FieldType.Double ? (Object) 0.0 : (Object) 0L;
        }

        /** A sum that left its range would be a wrong result from then on: the job fails and says so instead. */
        @Override
        public Object add(Object sum, Object value) {
            if (sum instanceof Double before) {
                return finite(name, before + (Double) value);
            }
            try {
                return Math.addExact((Long) sum, (Long) value);
            } catch (ArithmeticException e) {
                throw new ArithmeticException("The window metric '" + name + "' leaves the range of a Long");
            }
        }

        @Override
        public Object merge(Object one, Object other) {
            return add(one, other);
        }

        @Override
        public Object result(Object sum) {
            return sum;
        }
    }

    /** Number of different values: a map with the values as keys. */
    record Different(FieldType type) implements Aggregate {
        @Override
        public TypeInformation<?> stateType() {
            return Types.MAP(RowTypes.of(type), Types.BOOLEAN);
        }

        @Override
        public TypeInformation<?> resultType() {
            return Types.LONG;
        }

        @Override
        public Object start() {
            return new HashMap<>();
        }

        @Override
        public Object add(Object values, Object value) {
            map(values).put(value, Boolean.TRUE);
            return values;
        }

        @Override
        public Object merge(Object one, Object other) {
            map(one).putAll(map(other));
            return one;
        }

        @Override
        public Object result(Object values) {
            return (long) map(values).size();
        }

        @SuppressWarnings("unchecked")
        private static Map<Object, Boolean> map(Object values) {
            return (Map<Object, Boolean>) values;
        }
    }

    /** Smallest or greatest value, null while there is none. */
    record Extreme(FieldType type, boolean greatest) implements Aggregate {
        @Override
        public TypeInformation<?> stateType() {
            return RowTypes.of(type);
        }

        @Override
        public TypeInformation<?> resultType() {
            return RowTypes.of(type);
        }

        @Override
        public Object start() {
            return null;
        }

        @Override
        public Object add(Object extreme, Object value) {
            if (extreme == null || value == null) {
                return extreme == null ? value : extreme;
            }
            int order = value instanceof Double number
                    ? Double.compare(number, (Double) extreme)
                    : Long.compare((Long) value, (Long) extreme);
            return (greatest ? order > 0 : order < 0) ? value : extreme;
        }

        @Override
        public Object merge(Object one, Object other) {
            return add(one, other);
        }

        @Override
        public Object result(Object extreme) {
            return extreme;
        }
    }

    /** Mean: a row of the sum as a Double and the number of values. */
    record Mean(String name) implements Aggregate {
        @Override
        public TypeInformation<?> stateType() {
            return Types.ROW(Types.DOUBLE, Types.LONG);
        }

        @Override
        public TypeInformation<?> resultType() {
            return Types.DOUBLE;
        }

        @Override
        public Object start() {
            return Row.of(0.0, 0L);
        }

        @Override
        public Object add(Object state, Object value) {
            return plus((Row) state, ((Number) value).doubleValue(), 1L);
        }

        @Override
        public Object merge(Object one, Object other) {
            Row more = (Row) other;
            return plus((Row) one, (Double) more.getField(0), (Long) more.getField(1));
        }

        private Row plus(Row state, double sum, long count) {
            state.setField(0, finite(name, (Double) state.getField(0) + sum));
            state.setField(1, (Long) state.getField(1) + count);
            return state;
        }

        @Override
        public Object result(Object state) {
            long count = (Long) ((Row) state).getField(1);
            return count == 0 ? null : (Object) ((Double) ((Row) state).getField(0) / count);
        }
    }

    /** Stands for what the bounds of the window tell. */
    record Nothing() implements Aggregate {
        @Override
        public TypeInformation<?> stateType() {
            return Types.LONG;
        }

        @Override
        public TypeInformation<?> resultType() {
            return Types.LONG;
        }

        @Override
        public Object start() {
            return 0L;
        }

        @Override
        public Object add(Object state, Object value) {
            return state;
        }

        @Override
        public Object merge(Object one, Object other) {
            return one;
        }

        @Override
        public Object result(Object state) {
            return state;
        }
    }

    private static Double finite(String name, double number) {
        if (!Double.isFinite(number)) {
            throw new ArithmeticException("The window metric '" + name + "' leaves the range of a Double");
        }
        return number;
    }
}
