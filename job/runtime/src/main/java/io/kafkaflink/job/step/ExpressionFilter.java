package io.kafkaflink.job.step;

import io.kafkaflink.model.FilterExpression;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.function.IntFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.types.Row;

/** Keeps the rows for which a CEL expression is true; compiled once a subtask. */
final class ExpressionFilter extends RichFilterFunction<Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final RecordSchema schema;
    private transient FilterExpression compiled;
    private transient RowFields fields;

    ExpressionFilter(String expression, RecordSchema schema) {
        this.expression = expression;
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        compiled = FilterExpression.compile(expression, schema);
        fields = new RowFields();
    }

    @Override
    public boolean filter(Row row) {
        fields.row = row;
        return compiled.test(fields);
    }

    /** The fields of the row of the moment; one object for all rows. */
    private static final class RowFields implements IntFunction<Object> {
        private Row row;

        @Override
        public Object apply(int position) {
            return row.getField(position);
        }
    }
}
