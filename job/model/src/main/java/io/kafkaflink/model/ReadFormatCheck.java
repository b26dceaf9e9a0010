package io.kafkaflink.model;

/** Checks the format of a source. */
final class ReadFormatCheck {
    private ReadFormatCheck() {}

    /** True when the fields that it reads can be told. */
    static boolean check(String path, Format format, Violations found) {
        if (!found.present(path, format, Format.READ) || !format.single(path, Format.READ, found)) {
            return false;
        }
        return switch (format.kind()) {
            case Text -> {
                found.charset(path + ".string", format.string());
                yield true;
            }
            case Json -> FieldsCheck.check(path + ".json.fields", format.json().fields(), found);
            case Raw -> true;
            case Deserializer -> objects(path + ".deserializer", format.deserializer(), found);
            case JsonKeyValue -> KeyValueCheck.read(path + ".jsonKeyValue", format.jsonKeyValue(), found);
            case Avro -> AvroCheck.source(path + ".avro", format.avro(), found);
            case TypeInformation ->
                DeclaredMembers.check(
                        path + ".typeInformation",
                        format.typeInformation().type(),
                        format.typeInformation().fields(),
                        found);
            case Serializer -> {
                found.add(path + ".serializer", "a serializer in a source", Format.READ, "use deserializer");
                yield false;
            }
        };
    }

    private static boolean objects(String path, ObjectFormat.Reader reader, Violations found) {
        found.matches(
                path + ".deserializerClass",
                reader.deserializerClass(),
                FunctionStep.CLASS,
                "the full name of a class");
        return DeclaredMembers.check(path, reader.type(), reader.fields(), found);
    }
}
