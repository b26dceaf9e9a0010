package io.kafkaflink.job.step;

import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.LinkedHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowUtils;

/** Gives a row's fields their names, which rows between steps of ours do without. Flink's serializer does it with keys. */
final class NamedRows implements MapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Integer> positions = new LinkedHashMap<>();

    NamedRows(RecordSchema schema) {
        schema.names().forEach(name -> positions.put(name, positions.size()));
    }

    @Override
    public Row map(Row row) {
        Object[] values = new Object[row.getArity()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getField(i);
        }
        return RowUtils.createRowWithNamedPositions(row.getKind(), values, positions);
    }
}
