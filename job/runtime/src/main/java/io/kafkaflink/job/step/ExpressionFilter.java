package io.kafkaflink.job.step;

import io.kafkaflink.model.FilterExpression;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    private transient Fields fields;

    ExpressionFilter(String expression, RecordSchema schema) {
        this.expression = expression;
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        compiled = FilterExpression.compile(expression, schema);
        fields = new Fields(schema.names());
    }

    @Override
    public boolean filter(Row row) {
        fields.row = row;
        return compiled.test(fields);
    }

    /** Looks a field up by name in the row of the moment. */
    private static final class Fields implements Function<String, Object> {
        private final Map<String, Integer> positions = new HashMap<>();
        private Row row;

        Fields(List<String> names) {
            names.forEach(name -> positions.put(name, positions.size()));
        }

        @Override
        public Object apply(String name) {
            Integer position = positions.get(name);
            return position == null ? null : row.getField(position);
        }
    }
}
