package io.kafkaflink.job.step;

import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Transform;
import java.io.Serial;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/** Puts a text before a String field; a null field stays null. */
final class TextPrefix implements MapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String text;
    private final int index;

    TextPrefix(Transform.Prefix prefix, RecordSchema schema) {
        this.text = prefix.value();
        this.index = schema.indexOf(prefix.field());
    }

    /** Rows are never changed in place: with object reuse another branch of the graph may hold the same one. */
    @Override
    public Row map(Row row) {
        Object value = row.getField(index);
        if (value == null) {
            return row;
        }
        Row changed = Row.copy(row);
        changed.setField(index, text + value);
        return changed;
    }
}
