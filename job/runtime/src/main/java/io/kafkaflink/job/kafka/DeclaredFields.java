package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.RowWriter;
import java.io.Serial;
import org.apache.flink.types.Row;
import org.apache.kafka.common.header.Headers;

/** Writes the fields of a row that somebody has declared, without the partition that it was read from. */
final class DeclaredFields implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final RowWriter writer;

    DeclaredFields(RowWriter writer) {
        this.writer = writer;
    }

    @Override
    public byte[] write(Row row) {
        return writer.write(declared(row));
    }

    @Override
    public byte[] write(Row row, String topic, Headers headers) {
        return writer.write(declared(row), topic, headers);
    }

    private static Row declared(Row row) {
        Row declared = Row.withPositions(row.getArity() - 1);
        for (int i = 1; i < row.getArity(); i++) {
            declared.setField(i - 1, row.getField(i));
        }
        return declared;
    }
}
