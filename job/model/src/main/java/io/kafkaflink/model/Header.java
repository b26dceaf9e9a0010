package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A header of the records that a Kafka sink writes. Kafka takes any name; these are the ones that bridges and logs can carry
 * on as they are.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.value) != has(self.field)",
        message = "set exactly one of value, for a fixed text, and field, for the text of a field")
public record Header(
        @Required
        @Size(max = Header.MAX_LENGTH)
        @Pattern(Header.NAME)
        @JsonPropertyDescription("Name of the header: letters, digits, dots, dashes and underscores.")
        String name,

        @Size(max = 1000) @JsonPropertyDescription("Its text in every record.")
        String value,

        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("Field whose text it has; where that is null a record has no such header.")
        String field) {
    public static final String NAME = "^[A-Za-z0-9._-]{1,100}$";

    public static final long MAX_LENGTH = 100;

    /** {@link #NAME} in words. */
    static final String NAME_SHAPE = "a header name: at most 100 letters, digits, dots, dashes and underscores";
}
