package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * One query of Flink SQL over the records, which it sees as table {@code input} with the column {@code event_time}
 * beside their fields. Its results are appended, never taken back.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryStep(
        @Required
        @Size(min = 1, max = 10_000)
        @JsonPropertyDescription("A SELECT over table input, whose column event_time is the record's event time.")
        String query,

        @Required
        @Size(min = 1, max = 100)
        @JsonPropertyDescription(
                "Columns of its result, by name. Long also takes points in time, as epoch milliseconds.")
        List<Field> fields) {
    /** The table that a query reads. */
    public static final String INPUT = "input";

    /** The column with event time, a {@code TIMESTAMP_LTZ(3)}. */
    public static final String EVENT_TIME = "event_time";

    public QueryStep {
        fields = fields == null ? null : List.copyOf(fields);
    }
}
