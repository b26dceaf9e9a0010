package io.kafkaflink.model;

import java.io.Serializable;
import java.util.List;

/**
 * A type of an Avro schema that a row can hold; avro.apache.org, specification 1.12.
 *
 * @param symbols of an enumeration, in order; else empty
 * @param items of an array; else null
 * @param members of a record; else empty
 */
public record AvroType(Kind kind, Nulls nulls, List<String> symbols, AvroType items, List<Member> members)
        implements Serializable {

    /** Avro's types; a long that is a point in time by the unit in which it counts. */
    public enum Kind {
        Boolean,
        Int,
        Long,
        Micros,
        Nanos,
        Float,
        Double,
        String,
        Bytes,
        Enumeration,
        Array,
        Record
    }

    /** Whether the type is one of a union with null, and which of the two comes first in it. */
    public enum Nulls {
        None,
        First,
        Last
    }

    /** One field of a record. */
    public record Member(String name, AvroType type) implements Serializable {}

    public AvroType {
        symbols = List.copyOf(symbols);
        members = List.copyOf(members);
    }

    static AvroType single(Kind kind) {
        return new AvroType(kind, Nulls.None, List.of(), null, List.of());
    }

    static AvroType enumeration(List<String> symbols) {
        return new AvroType(Kind.Enumeration, Nulls.None, symbols, null, List.of());
    }

    static AvroType array(AvroType items) {
        return new AvroType(Kind.Array, Nulls.None, List.of(), items, List.of());
    }

    static AvroType record(List<Member> members) {
        return new AvroType(Kind.Record, Nulls.None, List.of(), null, members);
    }

    AvroType with(Nulls other) {
        return new AvroType(kind, other, symbols, items, members);
    }

    public boolean nullable() {
        return nulls != Nulls.None;
    }

    /** The type that a row has for it; a record is none by itself. */
    FieldType inRows() {
        return switch (kind) {
            case Boolean -> FieldType.Boolean;
            case Int, Long, Micros, Nanos -> FieldType.Long;
            case Float, Double -> FieldType.Double;
            case String, Enumeration -> FieldType.String;
            case Bytes -> FieldType.Bytes;
            case Array -> FieldType.Array;
            case Record -> throw new IllegalArgumentException("a record is no field");
        };
    }

    /** The fields of rows of this record. */
    List<Field> fields() {
        return members.stream()
                .map(member -> new Field(
                        member.name(), member.type().inRows(), member.type().itemsInRows()))
                .toList();
    }

    private Field.Items itemsInRows() {
        if (kind != Kind.Array) {
            return null;
        }
        return items.kind() == Kind.Record
                ? new Field.Items(
                        null,
                        items.fields().stream()
                                .map(field -> new Field.Member(field.name(), field.type()))
                                .toList())
                : new Field.Items(items.inRows(), null);
    }
}
