package io.kafkaflink.job.format;

import java.io.Serializable;
import org.apache.flink.types.Row;

/** Reads one record value; used by one thread at a time. */
public interface RowReader extends Serializable {
    /**
     * Reads a value that is not null.
     *
     * @throws UnreadableValue when it is not what the format declares
     */
    Row read(byte[] value) throws UnreadableValue;
}
