package io.kafkaflink.job.format;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.TypedFormat;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;

/** A row of all fields as Flink serializes it, or a single value of them, where null makes a record without value. */
public final class TypedWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int WHOLE = -1;

    private final int index;
    private final TypeSerializer<Object> serializer;
    private transient DataOutputSerializer output;

    public TypedWriter(TypedFormat format, RecordSchema schema) {
        FieldType type = format.type();
        this.index = type == null
                ? WHOLE
                : schema.indexOf(schema.valueField(type).orElseThrow().name());
        this.serializer = serializer(type == null ? RowTypes.of(schema) : RowTypes.of(type));
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> serializer(TypeInformation<?> type) {
        return (TypeSerializer<Object>) type.createSerializer(new SerializerConfigImpl());
    }

    @Override
    public byte[] write(Row row) {
        Object object = index == WHOLE ? row : row.getField(index);
        if (object == null) {
            return null;
        }
        if (output == null) {
            output = new DataOutputSerializer(128);
        }
        output.clear();
        try {
            serializer.serialize(object, output);
            return output.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
