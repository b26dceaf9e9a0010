package io.kafkaflink.model;

import java.util.Arrays;

/** The type of one field of a record that flows through a pipeline. */
public enum FieldType {
    String,
    Long,
    Double,
    Boolean,
    Array;

    /** The types of a single value: those of keys, metrics and expressions. */
    static FieldType[] singles() {
        return Arrays.stream(values()).filter(FieldType::single).toArray(FieldType[]::new);
    }

    public boolean single() {
        return this != Array;
    }
}
