package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Values as Flink serializes them, the bytes of its {@code TypeInformationSerializationSchema}: rows, or with {@code type}
 * single values. A source declares what it reads; a sink writes rows of all fields, or the field {@code value}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!(has(self.type) && has(self.fields)) && (!has(self.type) || self.type != 'Array')",
        message = "set one of type, for single values, and fields, for rows")
public record TypedFormat(
        @JsonPropertyDescription("The type of single values, for one field named value.")
        FieldType type,

        @Size(min = 1, max = 100)
        @JsonPropertyDescription("In a source: all fields of the rows, in their order. A sink writes all that it gets.")
        List<Field.Member> fields) {
    public TypedFormat {
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** What a source reads. */
    RecordSchema schema() {
        return new RecordSchema(
                fields == null ? List.of(new Field(RecordSchema.VALUE, type)) : DeclaredMembers.of(fields));
    }
}
