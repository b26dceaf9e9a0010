package io.kafkaflink.model;

/** The type of one field of a record that flows through a pipeline. */
public enum FieldType {
    String,
    Long,
    Double,
    Boolean
}
