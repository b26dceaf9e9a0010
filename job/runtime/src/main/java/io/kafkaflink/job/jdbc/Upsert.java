package io.kafkaflink.job.jdbc;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.RecordSchema;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;

/**
 * The statement that writes a record into its row, whether there is one or not.
 *
 * @param sql with a parameter for each column
 * @param columns in the order of the parameters
 */
public record Upsert(String sql, List<Column> columns) implements Serializable {

    /**
     * A column that a field is written to.
     *
     * @param index of the field in the rows that reach the sink
     * @param key whether it is one of those that name a row
     */
    record Column(String name, String field, FieldType type, int index, boolean key) implements Serializable {
        String quoted() {
            return '"' + name + '"';
        }

        /** The type that a table of the sink's own would give it. */
        String sqlType() {
            return switch (type) {
                case String -> "text";
                case Long -> "bigint";
                case Double -> "double precision";
                case Boolean -> "boolean";
                case Bytes -> "bytea";
                case Array -> throw new IllegalStateException("an array has no column");
            };
        }

        private int jdbcType() {
            return switch (type) {
                case String -> Types.VARCHAR;
                case Long -> Types.BIGINT;
                case Double -> Types.DOUBLE;
                case Boolean -> Types.BOOLEAN;
                case Bytes -> Types.BINARY;
                case Array -> throw new IllegalStateException("an array has no column");
            };
        }
    }

    /** @param schema of the rows that reach the sink; the partition that they were read from has no column */
    public static Upsert of(JdbcSink sink, RecordSchema schema) {
        List<Column> columns = schema.declared().fields().stream()
                .map(Field::name)
                .map(field -> new Column(
                        sink.column(field),
                        field,
                        schema.get(field).type(),
                        schema.indexOf(field),
                        sink.keyFields().contains(field)))
                .toList();
        return new Upsert(sql(sink.table(), columns), List.copyOf(columns));
    }

    private static String sql(String table, List<Column> columns) {
        String others = columns.stream()
                .filter(column -> !column.key())
                .map(column -> column.quoted() + " = EXCLUDED." + column.quoted())
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + quoted(table) + " ("
                + columns.stream().map(Column::quoted).collect(Collectors.joining(", ")) + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ") ON CONFLICT ("
                + keys(columns) + ") DO " + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + others);
    }

    private static String keys(List<Column> columns) {
        return columns.stream().filter(Column::key).map(Column::quoted).collect(Collectors.joining(", "));
    }

    /** Each part in quotes, since the database would make small letters of others. */
    private static String quoted(String table) {
        return '"' + table.replace(".", "\".\"") + '"';
    }

    /** What to run where there is no table that this statement fits. */
    public String createTable(String table) {
        return "CREATE TABLE " + quoted(table) + " ("
                + columns.stream()
                        .map(column -> column.quoted() + " " + column.sqlType())
                        .collect(Collectors.joining(", "))
                + ", PRIMARY KEY (" + keys(columns) + "))";
    }

    /** The values of a record in the order of the parameters; later changes of the row do not reach them. */
    Object[] values(Row row) {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getField(columns.get(i).index());
        }
        return values;
    }

    /**
     * What names the row of a record.
     *
     * @throws RefusedRow when one of the fields is null: the database would take every such record for a row of its own
     */
    List<Object> key(Object[] values) throws RefusedRow {
        Object[] key = new Object[values.length];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            if (column.key()) {
                if (values[i] == null) {
                    throw RefusedRow.withoutKey(column.field(), describe(values));
                }
                key[size++] = values[i];
            }
        }
        return Arrays.asList(Arrays.copyOf(key, size));
    }

    /** Sets the parameters; with null for all of them it asks for nothing but their types. */
    void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            if (values[i] == null) {
                statement.setNull(i + 1, column.jdbcType());
            } else {
                switch (column.type()) {
                    case String -> statement.setString(i + 1, (String) values[i]);
                    case Long -> statement.setLong(i + 1, (Long) values[i]);
                    case Double -> statement.setDouble(i + 1, (Double) values[i]);
                    case Boolean -> statement.setBoolean(i + 1, (Boolean) values[i]);
                    case Bytes -> statement.setBytes(i + 1, (byte[]) values[i]);
                    case Array -> throw new IllegalStateException("an array has no column");
                }
            }
        }
    }

    /** A record for messages: its fields with their values. */
    String describe(Object[] values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ").append(columns.get(i).field()).append('=');
            text.append(values[i] instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(values[i]));
        }
        return text.toString();
    }
}
