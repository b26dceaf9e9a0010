package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One aggregate of a window: a name and exactly one kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.count), has(self.distinct), has(self.sum)].filter(x, x).size() == 1",
        message = "set exactly one kind: count, distinct or sum")
public record Metric(
        @Required
        @Size(min = 1, max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("Name of the result field.")
        String name,

        @JsonPropertyDescription("Number of records, a Long.")
        Count count,

        @JsonPropertyDescription("Number of different values of a field, nulls left out, a Long.")
        Distinct distinct,

        @JsonPropertyDescription("Sum of a numeric field, nulls left out; a Long or Double as the field is.")
        Sum sum) {

    /** Kinds of metrics, for exhaustive switches. */
    public enum Kind {
        Count,
        Distinct,
        Sum
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        if (count != null) {
            return Kind.Count;
        }
        return distinct != null ? Kind.Distinct : Kind.Sum;
    }

    /** Number of records. */
    public record Count() {}

    /** Number of different values. */
    public record Distinct(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The field whose values are counted.")
            String field) {}

    /** Sum of a numeric field. */
    public record Sum(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The Long or Double field to add up.")
            String field) {}
}
