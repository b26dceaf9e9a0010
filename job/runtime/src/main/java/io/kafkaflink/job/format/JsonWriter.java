package io.kafkaflink.job.format;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.flink.types.Row;

/** All fields of a row as a JSON object, in the order of the schema, null where a field is null. */
public final class JsonWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final SerializedString[] names;
    private final FieldType[] types;
    private final JsonWriter[] members;
    private final boolean[] objects;
    private transient ByteArrayOutputStream buffer;

    public JsonWriter(RecordSchema schema) {
        this.names = schema.names().stream().map(SerializedString::new).toArray(SerializedString[]::new);
        this.types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
        this.members = new JsonWriter[types.length];
        this.objects = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            Field field = schema.fields().get(i);
            members[i] = field.type().single() ? null : new JsonWriter(field.members());
            objects[i] = members[i] != null && field.items().fields() != null;
        }
    }

    @Override
    public byte[] write(Row row) {
        if (buffer == null) {
            buffer = new ByteArrayOutputStream(512);
        }
        buffer.reset();
        try (JsonGenerator generator = FACTORY.createGenerator(buffer, JsonEncoding.UTF8)) {
            object(generator, row);
        } catch (IOException e) {
            throw new UncheckedIOException("Row with the fields " + Arrays.toString(names) + " cannot be written", e);
        }
        return buffer.toByteArray();
    }

    private void object(JsonGenerator generator, Row row) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            generator.writeFieldName(names[i]);
            value(generator, i, row.getField(i));
        }
        generator.writeEndObject();
    }

    private void value(JsonGenerator generator, int position, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
            return;
        }
        switch (types[position]) {
            case String -> generator.writeString((String) value);
            case Long -> generator.writeNumber((Long) value);
            case Double -> generator.writeNumber((Double) value);
            case Boolean -> generator.writeBoolean((Boolean) value);
            case Bytes -> generator.writeBinary((byte[]) value);
            case Array -> array(generator, position, (Object[]) value);
        }
    }

    private void array(JsonGenerator generator, int position, Object[] rows) throws IOException {
        generator.writeStartArray();
        for (Object row : rows) {
            if (objects[position]) {
                members[position].object(generator, (Row) row);
            } else {
                members[position].value(generator, 0, ((Row) row).getField(0));
            }
        }
        generator.writeEndArray();
    }
}
