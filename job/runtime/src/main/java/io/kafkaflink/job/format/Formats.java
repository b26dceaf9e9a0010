package io.kafkaflink.job.format;

import io.kafkaflink.model.AvroSchema;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;

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
            case Avro ->
                new AvroWriter(
                        format.avro().schema() == null
                                ? AvroSchema.of(schema)
                                : AvroSchema.parse(format.avro().schema()),
                        schema);
        };
    }
}
