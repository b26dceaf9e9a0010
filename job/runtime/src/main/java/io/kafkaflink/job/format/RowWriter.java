package io.kafkaflink.job.format;

import java.io.Serializable;
import org.apache.flink.types.Row;
import org.apache.kafka.common.header.Headers;

/** Writes one record value; used by one thread at a time. */
public interface RowWriter extends Serializable {
    /** The value, or null for a record without value. */
    byte[] write(Row row);

    /**
     * The value of a record for a topic, as {@link #write(Row)}.
     *
     * @param headers of the record, to which a format may add
     */
    default byte[] write(Row row, String topic, Headers headers) {
        return write(row);
    }
}
