package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a query yields by another engine than Flink's, H2, over a table of all records. Flink's tumbling and sliding windows
 * become columns of that table; event time and the bounds of windows are numbers, epoch milliseconds.
 */
final class QueryResults {
    private static final String TIME = "event_time";

    /** {@code TABLE(TUMBLE(TABLE input, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))}, and HOP with slide and size. */
    private static final Pattern WINDOWS = Pattern.compile(
            "TABLE\\s*\\(\\s*(TUMBLE|HOP)\\s*\\(\\s*TABLE\\s+input\\s*,\\s*DESCRIPTOR\\s*\\(\\s*event_time\\s*\\)\\s*,"
                    + "\\s*INTERVAL\\s*'(\\d+)'\\s*([A-Z]+?)S?\\s*(?:,\\s*INTERVAL\\s*'(\\d+)'\\s*([A-Z]+?)S?\\s*)?\\)\\s*\\)",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, Long> UNITS =
            Map.of("SECOND", 1_000L, "MINUTE", 60_000L, "HOUR", 3_600_000L, "DAY", 86_400_000L);

    private final Transform.Query query;

    QueryResults(Transform.Query query) {
        this.query = query;
    }

    /** @throws UncheckableException when the other engine does not understand the query */
    List<InputRecord> of(List<InputRecord> records) {
        Map<String, String> columns = columns(records);
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_UPPER=FALSE")) {
            fill(database, columns, records);
            try (ResultSet results = database.createStatement()
                    .executeQuery(translated(query.sql().strip()))) {
                List<InputRecord> found = new ArrayList<>();
                while (results.next()) {
                    found.add(InputRecord.of(0, 0, row(results)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new UncheckableException(
                    "the rehearsal checks SQL with another engine (H2), which does not understand this" + " query: "
                            + e.getMessage() + ". Its results cannot be told");
        }
    }

    private static Map<String, String> columns(List<InputRecord> records) {
        Map<String, String> columns = new TreeMap<>();
        records.forEach(
                record -> record.row().fields().forEach((name, value) -> columns.putIfAbsent(name, type(value))));
        columns.put(TIME, "BIGINT");
        return columns;
    }

    private static String type(Object value) {
        if (value instanceof Long) {
            return "BIGINT";
        }
        if (value instanceof Double) {
            return "DOUBLE PRECISION";
        }
        return value instanceof Boolean ? "BOOLEAN" : "VARCHAR";
    }

    private static void fill(Connection database, Map<String, String> columns, List<InputRecord> records)
            throws SQLException {
        database.createStatement()
                .execute(columns.entrySet().stream()
                        .map(column -> quoted(column.getKey()) + " " + column.getValue())
                        .collect(Collectors.joining(", ", "CREATE TABLE input (", ")")));
        String places = columns.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO input VALUES (" + places + ")")) {
            for (InputRecord record : records) {
                int place = 1;
                for (String name : columns.keySet()) {
                    insert.setObject(
                            place++,
                            name.equals(TIME)
                                    ? (Object) record.eventTime()
                                    : record.row().get(name));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String translated(String sql) {
        return WINDOWS.matcher(sql.replace('`', '"')).replaceAll(QueryResults::windows);
    }

    /** A record is in every window that begins at a multiple of the slide, at most the size before it. */
    private static String windows(MatchResult call) {
        long first = millis(call.group(2), call.group(3));
        long slide = first;
        long size = call.group(4) == null ? first : millis(call.group(4), call.group(5));
        if (call.group(1).equalsIgnoreCase("TUMBLE") == (call.group(4) != null) || size % slide != 0) {
            throw new UncheckableException("the windows of " + call.group() + " are none that the rehearsal knows");
        }
        return "(SELECT w.*, window_start + " + size + " AS window_end FROM (SELECT input.*, FLOOR(" + TIME + " / "
                + slide
                + ") * " + slide + " - back.X * " + slide + " AS window_start FROM input CROSS JOIN SYSTEM_RANGE(0, "
                + (size / slide - 1) + ") back) w)";
    }

    private static long millis(String number, String unit) {
        Long one = UNITS.get(unit.toUpperCase(Locale.ROOT));
        if (one == null) {
            throw new UncheckableException("INTERVAL '" + number + "' " + unit + " is not of " + UNITS.keySet());
        }
        return Long.parseLong(number) * one;
    }

    private Row row(ResultSet results) throws SQLException {
        TreeMap<String, Object> fields = new TreeMap<>();
        for (String field : query.fields()) {
            int column = results.findColumn(field);
            Object value = results.getObject(column);
            fields.put(
                    field,
                    value instanceof Number number ? number(number, whole(results.getMetaData(), column)) : value);
        }
        return new Row(fields);
    }

    /** The sum of whole numbers is a NUMERIC without fraction, their mean a DECFLOAT. */
    private static boolean whole(ResultSetMetaData columns, int column) throws SQLException {
        return switch (columns.getColumnTypeName(column)) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> true;
            case "NUMERIC" -> columns.getScale(column) == 0;
            default -> false;
        };
    }

    private static Object number(Number number, boolean whole) {
        return whole ? (Object) number.longValue() : (Object) Row.digits(number.doubleValue());
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
