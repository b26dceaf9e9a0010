package io.kafkaflink.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects what a check finds, with the questions that all checks ask. */
final class Violations {
    private final List<Violation> found = new ArrayList<>();

    List<Violation> list() {
        return List.copyOf(found);
    }

    int count() {
        return found.size();
    }

    void add(String path, String found, String expected, String action) {
        this.found.add(new Violation(path, found, expected, action));
    }

    /** True when the text is there; else notes it as missing. */
    boolean present(String path, String text) {
        return present(path, text, "a text");
    }

    boolean present(String path, Object value, String expected) {
        if (value == null || value instanceof String text && text.isBlank()) {
            add(path, value == null ? "nothing" : "an empty text", expected, "set it");
            return false;
        }
        return true;
    }

    /** True when the text is there and has the shape; {@code shape} says it in words. */
    boolean matches(String path, String text, String regex, String shape) {
        if (!present(path, text, shape)) {
            return false;
        }
        if (!text.matches(regex)) {
            add(path, quoted(text), shape, "change it");
            return false;
        }
        return true;
    }

    /** Notes a charset that Java does not know. */
    void charset(String path, Format.Text text) {
        if (text != null && !text.known()) {
            add(path + ".charset", quoted(text.charset()), "a charset that Java knows, as in ISO-8859-1", "change it");
        }
    }

    /** True when exactly one member of a union is set. */
    boolean exactlyOne(String path, String members, Object... values) {
        long set = Arrays.stream(values).filter(Objects::nonNull).count();
        if (set != 1) {
            add(path, set == 0 ? "none" : set + " of them", "exactly one of " + members, "keep one");
        }
        return set == 1;
    }

    /** The time span when it is there, can be read and is longer than nothing. */
    Optional<Duration> timespan(String path, String text) {
        if (!present(path, text, "a time span, as in 5s")) {
            return Optional.empty();
        }
        try {
            Duration span = Timespan.parse(text);
            if (!span.isZero()) {
                return Optional.of(span);
            }
        } catch (IllegalArgumentException e) {
            // Reported below in the words of all other findings.
        }
        add(path, quoted(text), "a time span longer than 0, as in 500ms, 5s, 15m, 2h, 7d", "change it");
        return Optional.empty();
    }

    /** The field when the schema has it and its type is among {@code types}. */
    Optional<Field> field(String path, String name, RecordSchema schema, FieldType... types) {
        String expected =
                "a field of type " + Arrays.stream(types).map(Enum::name).collect(Collectors.joining(" or "));
        if (!present(path, name, expected)) {
            return Optional.empty();
        }
        Optional<Field> field = schema.find(name);
        if (field.isEmpty()) {
            add(path, "no field " + quoted(name), "one of " + schema.names(), "correct the name or declare the field");
        } else if (!Arrays.asList(types).contains(field.get().type())) {
            add(path, quoted(name) + " of type " + field.get().type(), expected, "choose another field or type");
            return Optional.empty();
        }
        return field;
    }

    /** Notes an expression that yields neither true nor false of such records. */
    void expression(String path, String expression, RecordSchema schema) {
        if (!present(path, expression, "a CEL expression")) {
            return;
        }
        try {
            FilterExpression.compile(expression, schema);
        } catch (FilterExpression.InvalidExpression e) {
            add(
                    path,
                    quoted(expression),
                    "a CEL expression over " + schema.names() + " that yields true or false",
                    "correct it: " + e.getMessage());
        }
    }

    /** Notes a name that a field of the record has already. */
    void newField(String path, String name, Collection<String> taken) {
        if (taken.contains(name)) {
            add(path, quoted(name) + ", a field of the record already", "a new name", "rename it");
        }
    }

    static String quoted(String text) {
        return "'" + text + "'";
    }
}
