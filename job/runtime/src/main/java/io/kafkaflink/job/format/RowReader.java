package io.kafkaflink.job.format;

import java.io.Serializable;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads one record value; used by one thread at a time. */
public interface RowReader extends Serializable {
    /**
     * Reads a value that is not null.
     *
     * @throws UnreadableValue when it is not what the format declares
     */
    Row read(byte[] value) throws UnreadableValue;

    /**
     * Reads a record; formats that look at more of it than the value say so here.
     *
     * @throws UnreadableValue as {@link #read(byte[])}
     */
    default Row read(ConsumerRecord<byte[], byte[]> record) throws UnreadableValue {
        return read(record.value());
    }

    /** Whether a record without value is a row as well; else it is not asked to read one. */
    default boolean readsTombstones() {
        return false;
    }
}
