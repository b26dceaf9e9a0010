package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a table of a PostgreSQL database: the newest record of each key is a row of it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without user and password
 * @param table its name, with or without schema, spelled as the database keeps it
 * @param keyFields fields that name a row together, at least one
 * @param columns names of columns by field; null where all are named like their fields
 * @param credentialsFolder absolute path of a folder with the files {@value #USERNAME} and {@value #PASSWORD}; null for a
 *     database that asks for neither
 * @param batchSize most rows that are written at once
 * @param batchInterval a time span that no row waits longer for others
 * @param maxRetries how often a batch is tried again before the job fails, when the database cannot be used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JdbcSink(
        String url,
        String table,
        List<String> keyFields,
        Map<String, String> columns,
        String credentialsFolder,
        Integer batchSize,
        String batchInterval,
        Integer maxRetries)
        implements Serializable {
    /** Addresses, a database and maybe parameters; nothing that a user and a password could stand in. */
    public static final String URL = "^jdbc:postgresql://[^\\s/?#@]+/[^\\s/?#@&]+([?][^\\s#]*)?$";

    /** Parameters of the URL that are secrets or go with them. */
    public static final String URL_SECRETS = "[?&](user|password|sslpassword)=";

    /** What the database takes as a name without cutting it. */
    public static final String COLUMN = "^[A-Za-z_][A-Za-z0-9_]{0,62}$";

    public static final String TABLE = "^[A-Za-z_][A-Za-z0-9_]{0,62}([.][A-Za-z_][A-Za-z0-9_]{0,62})?$";

    public static final long LARGEST_BATCH = 10_000;
    public static final long MOST_RETRIES = 10;

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";

    public JdbcSink {
        keyFields = keyFields == null ? List.of() : List.copyOf(keyFields);
        columns = columns == null || columns.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(columns));
        batchSize = batchSize == null ? Integer.valueOf(500) : batchSize;
        batchInterval = batchInterval == null ? "1s" : batchInterval;
        maxRetries = maxRetries == null ? Integer.valueOf(3) : maxRetries;
    }

    /** Name of the column that a field is written to. */
    public String column(String field) {
        return columns == null ? field : columns.getOrDefault(field, field);
    }
}
