package io.kafkaflink.job.kafka;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import org.apache.flink.types.Row;

/**
 * A record that names none of the topics that its sink may write. What was read since the last checkpoint is read again, so
 * that nothing is lost while the job fails at it.
 */
public final class UnknownTopic extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownTopic(Row row, String field, Object found, SortedSet<String> topics) {
        super("A record cannot be written: found " + (found == null ? "nothing" : excerpt(found)) + " in its field '"
                + field + "', which names its topic, expected one of " + topics
                + ". Add the topic to the sink's topics,"
                + " set topic for all other records, or filter these out; the pipeline waits at this record, and"
                + " nothing is lost. The record begins with: " + excerpt(row));
    }

    private static String excerpt(Object value) {
        return PoisonRecord.excerpt(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
