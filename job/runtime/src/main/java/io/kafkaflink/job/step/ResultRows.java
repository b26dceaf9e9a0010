package io.kafkaflink.job.step;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.Row;

/** Makes rows of declared fields of a query's results. */
final class ResultRows implements MapFunction<Row, Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Positions of the declared fields in a result. */
    private final int[] positions;

    private final ZoneId zone;

    /**
     * @param zone that in which a query computes points in time without a zone
     * @throws JobRefused when a declared field is not among the columns, or not of a type that it can have
     */
    ResultRows(String step, List<Field> fields, ResolvedSchema result, ZoneId zone) {
        this.zone = zone;
        List<String> columns = result.getColumnNames();
        positions = fields.stream()
                .mapToInt(field -> {
                    int position = columns.indexOf(field.name());
                    if (position < 0 || !fits(field.type(), result.getColumns().get(position))) {
                        throw new JobRefused("step '" + step + "', sql.fields: found '" + field.name() + "' of type "
                                + field.type() + ", expected a column of the query: " + described(result)
                                + "; name the column with AS, CAST it, or change the field");
                    }
                    return position;
                })
                .toArray();
    }

    private static String described(ResolvedSchema result) {
        return result.getColumns().stream()
                .map(column -> column.getName() + " " + column.getDataType().getLogicalType())
                .toList()
                .toString();
    }

    private static boolean fits(FieldType type, Column column) {
        LogicalTypeRoot root = column.getDataType().getLogicalType().getTypeRoot();
        return switch (type) {
            case String -> root == LogicalTypeRoot.CHAR || root == LogicalTypeRoot.VARCHAR;
            case Long ->
                switch (root) {
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
                    default -> false;
                };
            case Double ->
                root == LogicalTypeRoot.FLOAT || root == LogicalTypeRoot.DOUBLE || root == LogicalTypeRoot.DECIMAL;
            case Boolean -> root == LogicalTypeRoot.BOOLEAN;
            case Bytes -> root == LogicalTypeRoot.BINARY || root == LogicalTypeRoot.VARBINARY;
            case Array -> false;
        };
    }

    @Override
    public Row map(Row result) {
        Row row = Row.withPositions(positions.length);
        for (int i = 0; i < positions.length; i++) {
            row.setField(i, value(result.getField(positions[i])));
        }
        return row;
    }

    private Object value(Object value) {
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof LocalDateTime local) {
            return local.atZone(zone).toInstant().toEpochMilli();
        }
        if (value instanceof Float || value instanceof java.math.BigDecimal) {
            return ((Number) value).doubleValue();
        }
        return value instanceof Number number && !(value instanceof Double) ? (Object) number.longValue() : value;
    }
}
