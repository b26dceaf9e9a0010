package io.kafkaflink.job.format;

import io.kafkaflink.model.KeyValueFormat;
import java.io.Serial;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Fields of a key, of a value and of the record itself; those of a key or a value that is not there are null. */
public final class KeyValueReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private final JsonReader key;
    private final int keyFields;
    private final JsonReader value;
    private final int valueFields;
    private final boolean topic;
    private final boolean partition;
    private final boolean offset;
    private final boolean timestamp;
    private final int arity;

    public KeyValueReader(KeyValueFormat format) {
        this.keyFields = format.key().fields().size();
        this.key = keyFields == 0 ? null : new JsonReader(format.key());
        this.valueFields = format.value().fields().size();
        this.value = valueFields == 0 ? null : new JsonReader(format.value());
        KeyValueFormat.Metadata metadata = format.metadata();
        this.topic = metadata != null && metadata.topic() != null;
        this.partition = metadata != null && metadata.partition() != null;
        this.offset = metadata != null && metadata.offset() != null;
        this.timestamp = metadata != null && metadata.timestamp() != null;
        this.arity = keyFields + valueFields + format.aside().fields().size();
    }

    @Override
    public boolean readsTombstones() {
        return true;
    }

    @Override
    public Row read(byte[] bytes) throws UnreadableValue {
        return row(null, bytes);
    }

    @Override
    public Row read(ConsumerRecord<byte[], byte[]> record) throws UnreadableValue {
        Row row = row(record.key(), record.value());
        int next = keyFields + valueFields;
        if (topic) {
            row.setField(next++, record.topic());
        }
        if (partition) {
            row.setField(next++, (long) record.partition());
        }
        if (offset) {
            row.setField(next++, record.offset());
        }
        if (timestamp && record.timestamp() != ConsumerRecord.NO_TIMESTAMP) {
            row.setField(next, record.timestamp());
        }
        return row;
    }

    private Row row(byte[] keyBytes, byte[] valueBytes) throws UnreadableValue {
        Row row = Row.withPositions(arity);
        if (key != null && keyBytes != null) {
            copy(key(keyBytes), row, 0);
        }
        if (value != null && valueBytes != null) {
            copy(value.read(valueBytes), row, keyFields);
        }
        return row;
    }

    private Row key(byte[] bytes) throws UnreadableValue {
        try {
            return key.read(bytes);
        } catch (UnreadableValue e) {
            throw new UnreadableValue("found a key that cannot be read: " + e.getMessage());
        }
    }

    private static void copy(Row part, Row row, int at) {
        for (int i = 0; i < part.getArity(); i++) {
            row.setField(at + i, part.getField(i));
        }
    }
}
