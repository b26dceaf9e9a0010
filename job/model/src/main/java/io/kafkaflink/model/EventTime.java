package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where event time comes from and how far records may be out of order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.timestamp != 'Field' || has(self.field)",
        message = "timestamp: Field needs field, the name of a Long field with epoch milliseconds")
public record EventTime(
        @Default("Record")
        @JsonPropertyDescription("Record: the Kafka record's timestamp. Field: a field with epoch milliseconds.")
        Timestamp timestamp,

        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("With timestamp Field: the name of a Long field holding epoch milliseconds.")
        String field,

        @Default("5s")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription(
                "How far behind the newest record of its partition a record may be, as in 500ms, 5s, 2m.")
        String maxOutOfOrderness,

        @Default("30s")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription(
                "After this time without records a partition no longer holds back event time, as in 30s.")
        String idleTimeout) {

    public EventTime {
        timestamp = timestamp == null ? Timestamp.Record : timestamp;
        maxOutOfOrderness = maxOutOfOrderness == null ? "5s" : maxOutOfOrderness;
        idleTimeout = idleTimeout == null ? "30s" : idleTimeout;
    }

    /** Where the timestamp of a record is taken from. */
    public enum Timestamp {
        Record,
        Field
    }
}
