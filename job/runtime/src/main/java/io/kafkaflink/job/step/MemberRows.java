package io.kafkaflink.job.step;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/** Makes a row of each member of an array: its fields in the place of the array, the others as they are. */
final class MemberRows implements FlatMapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int array;
    private final int members;

    MemberRows(RecordSchema schema, String field) {
        Field array = schema.get(field);
        this.array = schema.indexOf(field);
        this.members = array.members().fields().size();
    }

    @Override
    public void flatMap(Row row, Collector<Row> out) {
        Object[] rows = (Object[]) row.getField(array);
        if (rows == null) {
            return;
        }
        for (Object member : rows) {
            Row flat = Row.withPositions(row.getArity() - 1 + members);
            for (int i = 0; i < array; i++) {
                flat.setField(i, row.getField(i));
            }
            for (int i = 0; i < members; i++) {
                flat.setField(array + i, ((Row) member).getField(i));
            }
            for (int i = array + 1; i < row.getArity(); i++) {
                flat.setField(i - 1 + members, row.getField(i));
            }
            out.collect(flat);
        }
    }
}
