package io.kafkaflink.job.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table and the connection that it is written through, which is made when it is needed and again after a failure. */
public final class Table implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Table.class);

    private final String name;
    private final Database database;
    private final Upsert upsert;
    private Connection connection;

    public Table(String name, Database database, Upsert upsert) {
        this.name = name;
        this.database = database;
        this.upsert = upsert;
    }

    /** As messages call it. */
    String name() {
        return "Table " + name;
    }

    public Upsert upsert() {
        return upsert;
    }

    /**
     * Writes all rows or none.
     *
     * @param rows values in the order of the columns
     * @throws SQLException when another try may succeed
     * @throws RefusedRow when the table will never take one of them
     */
    void write(Collection<Object[]> rows) throws SQLException, RefusedRow {
        try {
            writeAll(rows);
        } catch (SQLException e) {
            try {
                if (Failure.of(e) == Failure.VALUE) {
                    throw refused(rows, e);
                }
                throw e;
            } finally {
                close();
            }
        }
    }

    private void writeAll(Collection<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connected().prepareStatement(upsert.sql())) {
            for (Object[] row : rows) {
                upsert.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            throw e.getNextException() == null ? e : e.getNextException();
        }
        connection.commit();
    }

    /** Tries the rows one by one, to name the one that is refused; nothing of it stays. */
    private RefusedRow refused(Collection<Object[]> rows, SQLException refusal) throws SQLException {
        connection.rollback();
        try (PreparedStatement statement = connection.prepareStatement(upsert.sql())) {
            for (Object[] row : rows) {
                try {
                    upsert.bind(statement, row);
                    statement.executeUpdate();
                } catch (SQLException e) {
                    if (Failure.of(e) == Failure.VALUE) {
                        return RefusedRow.by(e, name, upsert.describe(row));
                    }
                    throw e;
                }
            }
        }
        return RefusedRow.by(refusal, name, "one of " + rows.size() + " records");
    }

    /**
     * Has the database judge the statement without running it: whether table and columns are there with types that take the
     * fields' values, whether the keys are unique, and whether the user may write.
     */
    public void explain() throws SQLException {
        try (PreparedStatement statement = connected().prepareStatement("EXPLAIN " + upsert.sql())) {
            upsert.bind(statement, new Object[upsert.columns().size()]);
            statement.execute();
        }
        connection.rollback();
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            connection = database.connect();
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("A connection that is given up cannot be closed", e);
            }
            connection = null;
        }
    }
}
