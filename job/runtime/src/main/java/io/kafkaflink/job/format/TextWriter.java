package io.kafkaflink.job.format;

import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import org.apache.flink.types.Row;

/** The text of one field in UTF-8; a null field makes a record without value. */
public final class TextWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int index;

    public TextWriter(RecordSchema schema) {
        this.index = schema.indexOf(schema.textField()
                .orElseThrow(() -> new IllegalArgumentException("no single text field among " + schema.names()))
                .name());
    }

    /** The text of any field. */
    public TextWriter(RecordSchema schema, String field) {
        this.index = schema.indexOf(field);
    }

    @Override
    public byte[] write(Row row) {
        Object value = row.getField(index);
        return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
