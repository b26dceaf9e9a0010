package io.kafkaflink.model;

import java.util.Arrays;

/** The type of one field of a record that flows through a pipeline. */
public enum FieldType {
    String,
    Long,
    Double,
    Boolean,
    Bytes,
    Array;

    /** The types of a single value with a text: those of keys, metrics and expressions. */
    static FieldType[] singles() {
        return Arrays.stream(values()).filter(FieldType::spelled).toArray(FieldType[]::new);
    }

    public boolean single() {
        return this != Array;
    }

    /** Whether its values have a text that tells them apart. */
    boolean spelled() {
        return single() && this != Bytes;
    }
}
