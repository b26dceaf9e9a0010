package io.kafkaflink.job.format;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.List;
import org.apache.flink.types.Row;

/** Some fields of a row as a JSON object. */
final class PartWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final JsonWriter writer;
    private final int[] positions;

    private PartWriter(RecordSchema schema, List<Field> fields) {
        this.writer = new JsonWriter(new RecordSchema(fields));
        this.positions =
                fields.stream().mapToInt(field -> schema.indexOf(field.name())).toArray();
    }

    /** These fields, in this order. */
    static PartWriter of(RecordSchema schema, List<String> names) {
        return new PartWriter(schema, names.stream().map(schema::get).toList());
    }

    /** All fields but these. */
    static PartWriter without(RecordSchema schema, List<String> names) {
        return new PartWriter(
                schema,
                schema.fields().stream()
                        .filter(field -> !names.contains(field.name()))
                        .toList());
    }

    @Override
    public byte[] write(Row row) {
        Row part = Row.withPositions(positions.length);
        for (int i = 0; i < positions.length; i++) {
            part.setField(i, row.getField(positions[i]));
        }
        return writer.write(part);
    }
}
