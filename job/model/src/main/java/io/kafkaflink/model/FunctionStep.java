package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A function of the user's. With {@code keyBy} it extends Flink's {@code KeyedProcessFunction<String, Row, Row>}, else
 * {@code ProcessFunction<Row, Row>}; it needs nothing of ours. It gets rows with named fields, which it must not keep or
 * change, and emits rows with the declared ones.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionStep(
        @Required
        @Size(max = 200)
        @Pattern(FunctionStep.CLASS)
        @JsonPropertyDescription(
                "A class in the image: a KeyedProcessFunction<String, Row, Row> of Flink with keyBy, else"
                        + " a ProcessFunction<Row, Row>.")
        String functionClass,

        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("The field whose values are the keys of its state and timers; absent: it has none.")
        String keyBy,

        @Size(max = 50)
        @JsonPropertyDescription("Given to its constructor, which takes a Map<String, String> or nothing. No secrets.")
        Map<String, String> properties,

        @Size(min = 1, max = 100)
        @JsonPropertyDescription("Fields of the rows it emits; absent: those of the rows it gets.")
        List<Field> fields) {
    /** Name of a class, with its package. */
    static final String CLASS = "^[A-Za-z_][A-Za-z0-9_.$]*$";

    public FunctionStep {
        properties = properties == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        fields = fields == null ? null : List.copyOf(fields);
    }
}
