package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.RowWriter;
import io.kafkaflink.model.FilterExpression;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.function.IntFunction;
import org.apache.flink.types.Row;
import org.apache.kafka.common.header.Headers;

/** No value for the rows for which an expression is true: with their key they are tombstones, which delete the key. */
final class TombstoneWriter implements RowWriter, IntFunction<Object> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final RecordSchema schema;
    private final RowWriter value;
    private transient FilterExpression compiled;
    private transient Row row;

    TombstoneWriter(String expression, RecordSchema schema, RowWriter value) {
        this.expression = expression;
        this.schema = schema;
        this.value = value;
    }

    @Override
    public byte[] write(Row row) {
        return deletes(row) ? null : value.write(row);
    }

    @Override
    public byte[] write(Row row, String topic, Headers headers) {
        return deletes(row) ? null : value.write(row, topic, headers);
    }

    private boolean deletes(Row row) {
        if (compiled == null) {
            compiled = compile();
        }
        this.row = row;
        return compiled.test(this);
    }

    /** A field of the row of the moment, for the expression; nothing is made for each row. */
    @Override
    public Object apply(int position) {
        return row.getField(position);
    }

    private FilterExpression compile() {
        try {
            return FilterExpression.compile(expression, schema);
        } catch (FilterExpression.InvalidExpression e) {
            throw new IllegalStateException("checked before the job was built: " + expression, e);
        }
    }
}
