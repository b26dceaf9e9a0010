package io.kafkaflink.job.step;

import io.kafkaflink.model.Projection;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/** Makes a new row of fields of the old one and of fixed values; the partition that it was read from stays in front. */
final class FieldChoice implements MapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LITERAL = -1;

    /** Position 0, that of the source partition where rows have it, is what an array begins with. */
    private final int[] positions;

    private final Object[] literals;

    FieldChoice(Projection projection, RecordSchema schema) {
        int first = schema.hasSourcePartition() ? 1 : 0;
        int size = first + projection.fields().size();
        this.positions = new int[size];
        this.literals = new Object[size];
        for (int i = first; i < size; i++) {
            Projection.Output field = projection.fields().get(i - first);
            boolean literal = field.literal() != null;
            positions[i] = literal ? LITERAL : schema.indexOf(field.taken());
            literals[i] = literal ? field.literal().read() : null;
        }
    }

    @Override
    public Row map(Row row) {
        Row chosen = Row.withPositions(positions.length);
        for (int i = 0; i < positions.length; i++) {
            chosen.setField(i, positions[i] == LITERAL ? literals[i] : row.getField(positions[i]));
        }
        return chosen;
    }
}
