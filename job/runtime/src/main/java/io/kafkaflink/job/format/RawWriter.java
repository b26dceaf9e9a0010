package io.kafkaflink.job.format;

import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.types.Row;

/** The bytes of one field; a null field makes a record without value. */
public final class RawWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int index;

    public RawWriter(RecordSchema schema) {
        this.index = schema.indexOf(schema.bytesField()
                .orElseThrow(() -> new IllegalArgumentException("no single field of bytes among " + schema.names()))
                .name());
    }

    @Override
    public byte[] write(Row row) {
        return (byte[]) row.getField(index);
    }
}
