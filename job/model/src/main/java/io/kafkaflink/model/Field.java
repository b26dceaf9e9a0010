package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.io.Serializable;
import java.util.List;

/** One named, typed field of a record. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.type == 'Array') == has(self.items)",
        message = "type Array needs items, the type or the fields of its members, and no other type has them")
public record Field(
        @Required
        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("Name of the field: letters, digits and underscores, not starting with a digit.")
        String name,

        @Required
        @JsonPropertyDescription("Type of the field. Long has 64 bits, Bytes are in base64, Array needs items.")
        FieldType type,

        @JsonPropertyDescription("With type Array: what its members are.")
        Items items)
        implements Serializable {
    public static final String NAME = "^[A-Za-z_][A-Za-z0-9_]*$";

    public static final long MAX_LENGTH = 64;

    /** {@link #NAME} in words. */
    static final String NAME_SHAPE = "a field name: letters, digits and underscores, not starting with a digit";

    /** A field of a single value. */
    public Field(String name, FieldType type) {
        this(name, type, null);
    }

    /** The same under another name. */
    Field named(String other) {
        return new Field(other, type, items);
    }

    /** The fields that a member of this array has as a record: its own, or for a single value one with this name. */
    public RecordSchema members() {
        return new RecordSchema(
                items.fields() == null
                        ? List.of(new Field(name, items.type()))
                        : items.fields().stream()
                                .map(member -> new Field(member.name(), member.type()))
                                .toList());
    }

    /** The members of an array: single values, or objects with declared fields. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.type) != has(self.fields)",
            message = "set exactly one of type, for single values, and fields, for objects")
    public record Items(
            @JsonPropertyDescription("Type of members that are single values.")
            FieldType type,

            @Size(min = 1, max = 50)
            @JsonPropertyDescription("Fields read from members that are objects; others are ignored.")
            List<Member> fields)
            implements Serializable {
        public Items {
            fields = fields == null ? null : List.copyOf(fields);
        }
    }

    /** One field of the objects of an array. */
    public record Member(
            @Required @Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) @JsonPropertyDescription("Name of the field.")
            String name,

            @Required @JsonPropertyDescription("Type of the field.")
            FieldType type)
            implements Serializable {}
}
