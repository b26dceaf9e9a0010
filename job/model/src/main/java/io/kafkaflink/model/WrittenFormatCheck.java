package io.kafkaflink.model;

import java.util.Optional;

/** Checks the format of a sink against the fields that reach it. */
final class WrittenFormatCheck {
    private WrittenFormatCheck() {}

    /** @param schema the fields, when they can be told */
    static void check(String path, Format format, Optional<RecordSchema> schema, Violations found) {
        if (!found.present(path, format, Format.WRITTEN) || !format.single(path, Format.WRITTEN, found)) {
            return;
        }
        switch (format.kind()) {
            case Text -> text(path + ".string", format.string(), schema, found);
            case Json -> json(path + ".json", format.json(), found);
            case Raw -> raw(path + ".raw", schema, found);
            case Serializer -> objects(path + ".serializer", format.serializer(), schema, found);
            case JsonKeyValue -> KeyValueCheck.written(path + ".jsonKeyValue", format.jsonKeyValue(), schema, found);
            case Avro -> AvroCheck.sink(path + ".avro", format.avro(), schema, found);
            case TypeInformation -> typed(path + ".typeInformation", format.typeInformation(), schema, found);
            case Deserializer ->
                found.add(path + ".deserializer", "a deserializer in a sink", Format.WRITTEN, "use serializer");
        }
    }

    private static void text(String path, Format.Text text, Optional<RecordSchema> schema, Violations found) {
        found.charset(path, text);
        if (schema.isPresent() && schema.get().textField().isEmpty()) {
            found.add(
                    path,
                    "records with the fields " + schema.get().names(),
                    "records with one field, or with a field named " + RecordSchema.VALUE,
                    "use json");
        }
    }

    private static void json(String path, Format.Json json, Violations found) {
        if (json.fields() != null && !json.fields().isEmpty()) {
            found.add(path + ".fields", "declared fields", "none", "remove them: a sink writes all fields");
        }
    }

    private static void raw(String path, Optional<RecordSchema> schema, Violations found) {
        if (schema.isPresent() && schema.get().bytesField().isEmpty()) {
            found.add(
                    path,
                    "records with the fields " + schema.get().names(),
                    "a field of type Bytes, the only one or named " + RecordSchema.VALUE,
                    "use string or json");
        }
    }

    private static void typed(String path, TypedFormat typed, Optional<RecordSchema> schema, Violations found) {
        if (typed.fields() != null) {
            found.add(path + ".fields", "declared fields", "none", "remove them: a sink writes all fields");
        }
        if (typed.type() != null
                && schema.isPresent()
                && schema.get().valueField(typed.type()).isEmpty()) {
            found.add(
                    path + ".type",
                    "records with the fields " + schema.get().names(),
                    "a field of type " + typed.type() + ", the only one or named " + RecordSchema.VALUE,
                    "leave out type, to write rows");
        }
    }

    private static void objects(
            String path, ObjectFormat.Writer writer, Optional<RecordSchema> schema, Violations found) {
        found.matches(
                path + ".serializerClass", writer.serializerClass(), FunctionStep.CLASS, "the full name of a class");
        if (writer.field() != null && schema.isPresent()) {
            found.field(path + ".field", writer.field(), schema.get(), FieldType.values());
        }
    }
}
