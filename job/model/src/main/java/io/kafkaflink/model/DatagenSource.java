package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/**
 * Generated text records {@code <text><n>}, n from 0; for trying out sinks.
 *
 * @param count null for no end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatagenSource(
        @Default("message-")
        @Size(max = 1000)
        @JsonPropertyDescription("Text before the running number of each record.")
        String text,

        @Default("10") @Min(1) @Max(1_000_000) @JsonPropertyDescription("Records a second, over all subtasks.")
        Integer recordsPerSecond,

        @Min(1)
        @JsonPropertyDescription("How many records there are; the job finishes after the last one. Absent: no end.")
        Long count) {
    public DatagenSource {
        text = text == null ? "message-" : text;
        recordsPerSecond = recordsPerSecond == null ? 10 : recordsPerSecond;
    }
}
