package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Event-time windows per key. Each result is a record with the key field, {@code windowStart} and {@code windowEnd}
 * (epoch milliseconds, end exclusive) and one field a metric. Late records are dropped and counted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Window(
        @Required
        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("The field whose values are the keys.")
        String keyBy,

        @Required @JsonPropertyDescription("Windows of one size that follow each other without gap or overlap.")
        Tumbling tumbling,

        @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription("What is computed for each key and window, a field of the result each.")
        List<Metric> metrics) {

    public Window {
        metrics = metrics == null ? null : List.copyOf(metrics);
    }

    /** Windows aligned to the epoch. */
    public record Tumbling(
            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("Length of a window, aligned to the epoch, as in 5s or 1m.")
            String size) {}
}
