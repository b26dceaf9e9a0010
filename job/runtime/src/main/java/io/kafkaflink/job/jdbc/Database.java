package io.kafkaflink.job.jdbc;

import io.kafkaflink.model.JdbcSink;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A PostgreSQL database.
 *
 * @param url without user and password
 * @param credentialsFolder folder with user name and password in files of these names; null for none
 * @param client how the database's own lists name this client
 */
public record Database(String url, String credentialsFolder, String client) implements Serializable {
    private static final int CONNECT_SECONDS = 10;

    /** A statement that takes longer counts as failed: a server that is gone does not always say so. */
    private static final int ANSWER_SECONDS = 60;

    public static Database of(JdbcSink sink, String client) {
        return new Database(sink.url(), sink.credentialsFolder(), client);
    }

    /**
     * Connects with what the files say now, so that a changed password needs no restart.
     *
     * @return without automatic commits
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        // What the URL says about these wins.
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", client);
        if (credentialsFolder != null) {
            properties.setProperty("user", secret(JdbcSink.USERNAME));
            properties.setProperty("password", secret(JdbcSink.PASSWORD));
        }
        Connection connection = DriverHolder.DRIVER.connect(url, properties);
        if (connection == null) {
            throw new SQLException("The address is none of PostgreSQL's; it begins with jdbc:postgresql://", "08001");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private String secret(String key) throws SQLException {
        Path file = Path.of(credentialsFolder, key);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SQLException(
                    "The file " + file + " cannot be read; the Secret needs the keys " + JdbcSink.USERNAME + " and "
                            + JdbcSink.PASSWORD,
                    "28000",
                    e);
        }
    }

    /**
     * Takes the driver off the list of the JVM's drivers, which would keep the classes of every job that ran in this
     * TaskManager.
     */
    private static final class DriverHolder {
        static final Driver DRIVER = unlisted();

        private static Driver unlisted() {
            try {
                if (Driver.isRegistered()) {
                    Driver.deregister();
                }
            } catch (SQLException e) {
                throw new IllegalStateException("PostgreSQL's driver stays registered", e);
            }
            return new Driver();
        }
    }
}
