package io.kafkaflink.model;

import java.util.List;
import java.util.Optional;

/** Checks the schemas of the format avro: that rows can hold their records, and that a sink's has the fields that reach it. */
final class AvroCheck {
    private AvroCheck() {}

    /** True when the fields can be told. */
    static boolean source(String path, Format.Avro avro, Violations found) {
        return found.present(path + ".schema", avro.schema(), "the Avro schema of the records, as JSON")
                && parsed(path, avro, found).isPresent();
    }

    /** @param reaching the fields that reach the sink, when they can be told */
    static void sink(String path, Format.Avro avro, Optional<RecordSchema> reaching, Violations found) {
        if (avro.schema() == null) {
            return;
        }
        Optional<AvroType> declared = parsed(path, avro, found);
        if (declared.isPresent() && reaching.isPresent()) {
            compare(path + ".schema", declared.get().fields(), reaching.get().declared(), found);
        }
    }

    private static Optional<AvroType> parsed(String path, Format.Avro avro, Violations found) {
        try {
            return Optional.of(AvroSchema.parse(avro.schema()));
        } catch (UnusableSchema e) {
            found.add(path + ".schema", e.found(), e.expected(), "correct the schema");
            return Optional.empty();
        }
    }

    private static void compare(String path, List<Field> declared, RecordSchema reaching, Violations found) {
        for (Field field : declared) {
            Optional<Field> given = reaching.find(field.name());
            if (given.isEmpty()) {
                found.add(
                        path,
                        "field " + Violations.quoted(field.name()),
                        "the fields of the records: " + reaching.names(),
                        "remove it from the schema, or add it with a project step");
            } else if (!given.get().equals(field)) {
                found.add(
                        path,
                        "field " + Violations.quoted(field.name()) + " for " + shape(field),
                        "a type for the records' " + shape(given.get()),
                        "change it in the schema");
            }
        }
        List<String> names = declared.stream().map(Field::name).toList();
        reaching.names().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> found.add(
                        path,
                        "no field " + Violations.quoted(name),
                        "all fields of the records: " + reaching.names(),
                        "add it to the schema, or leave it out with a project step"));
    }

    private static String shape(Field field) {
        if (field.type().single()) {
            return field.type().name();
        }
        return "Array of "
                + (field.items().fields() == null
                        ? field.items().type().name()
                        : field.items().fields().stream()
                                .map(member -> member.name() + " " + member.type())
                                .toList());
    }
}
