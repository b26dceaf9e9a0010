package io.kafkaflink.job.format;

import java.io.Serial;
import org.apache.flink.types.Row;

/** The bytes of a value as the only field of a row. */
public final class RawReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public Row read(byte[] value) {
        Row row = Row.withPositions(1);
        row.setField(0, value);
        return row;
    }
}
