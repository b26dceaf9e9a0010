package io.kafkaflink.job.format;

import java.io.Serializable;
import org.apache.flink.types.Row;

/** Writes one record value; used by one thread at a time. */
public interface RowWriter extends Serializable {
    /** The value, or null for a record without value. */
    byte[] write(Row row);
}
