package io.kafkaflink.job.jdbc;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a database does not do what it is asked, told by the SQL state (PostgreSQL, appendix A). */
public enum Failure {
    /** Another try may succeed: no connection, a deadlock, a full disk, a server that shuts down or only reads now. */
    PASSING,
    /** The user is unknown, the password is wrong, or its file is missing. */
    LOGIN,
    NO_DATABASE,
    NO_TABLE,
    /** The user may not write the table. */
    DENIED,
    /** The table is there and does not take the value of a row. */
    VALUE,
    /** The table is there but another one than the sink's. */
    UNFIT;

    /** Connection, rollback, resources, intervention, system. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** A lock that is not to be had, a server that only reads. */
    private static final Set<String> PASSING_STATES = Set.of("55P03", "25006");

    /** Data, integrity, views, and what triggers say. */
    private static final Set<String> VALUE_CLASSES = Set.of("22", "23", "44", "P0");

    public static Failure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return PASSING;
        }
        String group = state.substring(0, 2);
        if (PASSING_STATES.contains(state) || PASSING_CLASSES.contains(group)) {
            return PASSING;
        }
        return switch (state) {
            case "3D000" -> NO_DATABASE;
            case "42P01", "3F000" -> NO_TABLE;
            case "42501" -> DENIED;
            default -> group.equals("28") ? LOGIN : VALUE_CLASSES.contains(group) ? VALUE : UNFIT;
        };
    }

    /** What the database says, on one line, without the place in a statement that nobody sees. */
    public static String words(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("Position:"))
                .collect(Collectors.joining("; "));
    }
}
