package io.kafkaflink.job.record;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.types.Row;

/**
 * The key of a record as text, for any field type and for null, which Flink does not take as a key: null becomes
 * U+0000, and a text that starts with U+0000 gets another one in front, so that no two values share a key.
 */
public final class RecordKey implements KeySelector<Row, String> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String NULL = "\u0000";

    private final int index;
    private final FieldType type;

    public RecordKey(RecordSchema schema, String field) {
        Field key = schema.get(field);
        this.index = schema.indexOf(field);
        this.type = key.type();
    }

    @Override
    public String getKey(Row row) {
        Object value = row.getField(index);
        if (value == null) {
            return NULL;
        }
        String text = value.toString();
        return !text.isEmpty() && text.charAt(0) == '\u0000' ? NULL + text : text;
    }

    /** The field's value that a key stands for. */
    public Object valueOf(String key) {
        if (key.equals(NULL)) {
            return null;
        }
        return switch (type) {
            case String -> key.startsWith(NULL) ? key.substring(1) : key;
            case Long -> Long.valueOf(key);
            case Double -> Double.valueOf(key);
            case Boolean -> Boolean.valueOf(key);
            case Bytes, Array -> throw new IllegalStateException(type + " is no key");
        };
    }
}
