package io.kafkaflink.job.step;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Rows that a user's function has emitted, by name or by position, as those between steps of ours: by position, of the declared types. */
final class DeclaredRows implements MapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String step;
    private final List<Field> fields;

    /** @param step who emits, in words */
    DeclaredRows(String step, RecordSchema schema) {
        this.step = step;
        this.fields = schema.fields();
    }

    @Override
    public Row map(Row row) {
        if (row.getKind() != RowKind.INSERT) {
            throw wrong("a row of kind " + row.getKind(), "only rows that are added, of kind INSERT");
        }
        Set<String> names = row.getFieldNames(true);
        if (names == null && row.getArity() != fields.size()) {
            throw wrong("a row of " + row.getArity() + " fields", fields.size() + " of them: " + names());
        }
        Row declared = Row.withPositions(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (names != null && !names.contains(field.name())) {
                throw wrong("a row with " + names, "a field '" + field.name() + "'");
            }
            Object value = names == null ? row.getField(i) : row.getField(field.name());
            if (value != null && !type(field.type()).isInstance(value)) {
                throw wrong(
                        "field '" + field.name() + "' as " + value.getClass().getName(),
                        type(field.type()).getName() + ", for type " + field.type());
            }
            declared.setField(i, value);
        }
        return declared;
    }

    private static Class<?> type(FieldType type) {
        return switch (type) {
            case String -> String.class;
            case Long -> Long.class;
            case Double -> Double.class;
            case Boolean -> Boolean.class;
            case Bytes -> byte[].class;
            case Array -> Row[].class;
        };
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private IllegalStateException wrong(String found, String expected) {
        return new IllegalStateException(
                step + " emitted " + found + ", expected " + expected + "; correct it or the step's fields");
    }
}
