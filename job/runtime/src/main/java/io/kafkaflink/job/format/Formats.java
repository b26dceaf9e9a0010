package io.kafkaflink.job.format;

import io.kafkaflink.model.AvroSchema;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import java.util.Optional;

/** The reader and the writer of a format. */
public final class Formats {
    private Formats() {}

    public static RowReader reader(Format format, RecordSchema schema) {
        return switch (format.kind()) {
            case Text ->
                format.string().charset() == null
                        ? new TextReader()
                        : new CharsetReader(format.string().charset());
            case Json -> new JsonReader(schema);
            case Raw -> new RawReader();
            case Deserializer -> new ObjectReader(format.deserializer(), schema);
            case JsonKeyValue -> new KeyValueReader(format.jsonKeyValue());
            case TypeInformation -> new TypedReader(format.typeInformation(), schema);
            case Serializer -> throw new IllegalArgumentException("a serializer reads nothing");
            case Avro -> new AvroReader(AvroSchema.parse(format.avro().schema()));
        };
    }

    public static RowWriter writer(Format format, RecordSchema schema) {
        return switch (format.kind()) {
            case Text ->
                format.string().charset() == null
                        ? new TextWriter(schema)
                        : new CharsetWriter(schema, format.string().charset());
            case Json -> new JsonWriter(schema);
            case Raw -> new RawWriter(schema);
            case Deserializer -> throw new IllegalArgumentException("a deserializer writes nothing");
            case Serializer -> new ObjectWriter(format.serializer(), schema);
            case TypeInformation -> new TypedWriter(format.typeInformation(), schema);
            case JsonKeyValue ->
                PartWriter.without(schema, format.jsonKeyValue().keyNames());
            case Avro ->
                new AvroWriter(
                        format.avro().schema() == null
                                ? AvroSchema.of(schema)
                                : AvroSchema.parse(format.avro().schema()),
                        schema);
        };
    }

    /** Writes the keys, where that is a matter of the format. */
    public static Optional<RowWriter> keyWriter(Format format, RecordSchema schema) {
        return Optional.ofNullable(format.jsonKeyValue()).map(both -> PartWriter.of(schema, both.keyNames()));
    }
}
