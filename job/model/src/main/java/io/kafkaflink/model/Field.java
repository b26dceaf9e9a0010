package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;

/** One named, typed field of a record. */
public record Field(
        @Required
        @Size(min = 1, max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("Name of the field: letters, digits and underscores, not starting with a digit.")
        String name,

        @Required @JsonPropertyDescription("Type of the field: String, Long (64 bit), Double or Boolean.")
        FieldType type)
        implements Serializable {
    public static final String NAME = "^[A-Za-z_][A-Za-z0-9_]*$";

    public static final long MAX_LENGTH = 64;

    /** {@link #NAME} in words. */
    static final String NAME_SHAPE = "a field name: letters, digits and underscores, not starting with a digit";
}
