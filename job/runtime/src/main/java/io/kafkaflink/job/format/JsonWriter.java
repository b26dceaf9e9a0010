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
    private transient ByteArrayOutputStream buffer;

    public JsonWriter(RecordSchema schema) {
        this.names = schema.names().stream().map(SerializedString::new).toArray(SerializedString[]::new);
        this.types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
    }

    @Override
    public byte[] write(Row row) {
        if (buffer == null) {
            buffer = new ByteArrayOutputStream(512);
        }
        buffer.reset();
        try (JsonGenerator generator = FACTORY.createGenerator(buffer, JsonEncoding.UTF8)) {
            generator.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                generator.writeFieldName(names[i]);
                value(generator, types[i], row.getField(i));
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Row with the fields " + Arrays.toString(names) + " cannot be written", e);
        }
        return buffer.toByteArray();
    }

    private static void value(JsonGenerator generator, FieldType type, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
            return;
        }
        switch (type) {
            case String -> generator.writeString((String) value);
            case Long -> generator.writeNumber((Long) value);
            case Double -> generator.writeNumber((Double) value);
            case Boolean -> generator.writeBoolean((Boolean) value);
        }
    }
}
