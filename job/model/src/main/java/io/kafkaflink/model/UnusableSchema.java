package io.kafkaflink.model;

import java.io.Serial;

/** An Avro schema that is none, or whose records no row can hold. */
public final class UnusableSchema extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    UnusableSchema(String found, String expected) {
        super("Avro schema: found " + found + "; expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }
}
