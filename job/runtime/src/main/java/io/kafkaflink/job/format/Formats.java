package io.kafkaflink.job.format;

import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;

/** The reader and the writer of a format. */
public final class Formats {
    private Formats() {}

    public static RowReader reader(Format format, RecordSchema schema) {
        return switch (format.kind()) {
            case Text -> new TextReader();
            case Json -> new JsonReader(schema);
        };
    }

    public static RowWriter writer(Format format, RecordSchema schema) {
        return switch (format.kind()) {
            case Text -> new TextWriter(schema);
            case Json -> new JsonWriter(schema);
        };
    }
}
