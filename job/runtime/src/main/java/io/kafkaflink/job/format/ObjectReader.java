package io.kafkaflink.job.format;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The objects that a deserializer of the user's makes of values. Whatever it throws is about the record, but for what Kafka
 * calls retriable, as a registry that cannot be reached: that fails the job, or records would be skipped that can be read.
 */
public final class ObjectReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_CAUSE = 300;

    private final ObjectFormat.Reader format;
    private final boolean single;
    private final Field[] fields;
    private transient Deserializer<?> deserializer;

    /** @throws io.kafkaflink.job.JobRefused when the class cannot be used */
    public ObjectReader(ObjectFormat.Reader format, RecordSchema schema) {
        this.format = format;
        this.single = format.fields() == null;
        this.fields = schema.fields().toArray(Field[]::new);
        make().close();
    }

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        return row(null, new RecordHeaders(), value);
    }

    @Override
    public Row read(ConsumerRecord<byte[], byte[]> record) throws UnreadableValue {
        return row(record.topic(), record.headers(), record.value());
    }

    private Row row(String topic, Headers headers, byte[] value) throws UnreadableValue {
        if (deserializer == null) {
            deserializer = make();
        }
        Object object = object(topic, headers, value);
        if (object == null) {
            throw new UnreadableValue("found a value of which " + format.deserializerClass()
                    + " makes nothing (null), expected an object");
        }
        return single ? Row.of(JavaValues.of(object, fields[0])) : members(object);
    }

    private Object object(String topic, Headers headers, byte[] value) throws UnreadableValue {
        try {
            return deserializer.deserialize(topic, headers, value);
        } catch (RetriableException e) {
            throw e;
        } catch (RuntimeException e) {
            String cause = e.toString();
            throw new UnreadableValue("found a value that " + format.deserializerClass() + " refuses: "
                    + cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE)));
        }
    }

    private Row members(Object object) throws UnreadableValue {
        if (!(object instanceof Map<?, ?> map)) {
            throw new UnreadableValue("found an object of " + object.getClass().getName() + ", expected a "
                    + Map.class.getName() + " with the declared fields");
        }
        Row row = Row.withPositions(fields.length);
        for (int i = 0; i < fields.length; i++) {
            Object member = map.get(fields[i].name());
            row.setField(i, member == null ? null : JavaValues.of(member, fields[i]));
        }
        return row;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Deserializer<?> make() {
        return NamedClass.<Deserializer>make(
                "format.deserializer.deserializerClass",
                format.deserializerClass(),
                Deserializer.class,
                format.properties(),
                (made, properties) -> made.configure(properties, false));
    }
}
