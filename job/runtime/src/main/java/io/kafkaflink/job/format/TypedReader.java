package io.kafkaflink.job.format;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.TypedFormat;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.types.Row;

/** What Flink's serializer of the declared type has written: a row, or a single value. */
public final class TypedReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FieldType[] types;
    private final boolean single;
    private final TypeSerializer<?> serializer;
    private transient DataInputDeserializer input;

    public TypedReader(TypedFormat format, RecordSchema schema) {
        this.types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
        this.single = format.type() != null;
        this.serializer = (single ? RowTypes.of(format.type()) : RowTypes.of(schema))
                .createSerializer(new SerializerConfigImpl());
    }

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        FlinkBytes.require(value, types, single);
        if (input == null) {
            input = new DataInputDeserializer();
        }
        input.setBuffer(value);
        try {
            Object read = serializer.deserialize(input);
            return single ? Row.of(read) : (Row) read;
        } catch (IOException e) {
            throw new UnreadableValue("found bytes that Flink refuses: " + e.getMessage());
        }
    }
}
