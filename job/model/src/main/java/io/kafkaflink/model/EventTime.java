package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Where event time comes from and how far records may be out of order.
 *
 * @param fieldFormat null for EpochMillis
 * @param strategy null for BoundedOutOfOrderness
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.timestamp != 'Field' || has(self.field)",
        message = "timestamp: Field needs field, the name of a field that holds the time")
@ValidationRule(
        value = "!has(self.fieldFormat) || self.timestamp == 'Field'",
        fieldPath = ".fieldFormat",
        message = "fieldFormat is for timestamp: Field; remove it, or set that")
@ValidationRule(
        value = "(has(self.strategy) && self.strategy == 'Custom') == has(self.strategyClass)",
        message = "strategyClass and strategy: Custom need each other")
@ValidationRule(
        value = "!has(self.alignment) || !has(self.strategy) || self.strategy != 'None'",
        fieldPath = ".alignment",
        message = "without event time (strategy: None) there is nothing to align; remove one of the two")
public record EventTime(
        @Default("Record")
        @JsonPropertyDescription("Record: the Kafka record's timestamp. Field: a field of the record.")
        Timestamp timestamp,

        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("With timestamp Field: the name of the field, as fieldFormat says.")
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
        String idleTimeout,

        @JsonPropertyDescription(
                "EpochMillis (default), EpochSeconds: a Long. Iso8601: a String with date, time and zone.")
        FieldFormat fieldFormat,

        @JsonPropertyDescription(
                "BoundedOutOfOrderness (default): by maxOutOfOrderness. Monotonous: times never go back. "
                        + "None: no event time. Custom: strategyClass.")
        Strategy strategy,

        @Size(max = 500)
        @Pattern(CLASS)
        @JsonPropertyDescription("With strategy Custom: a class of the image that is Flink's WatermarkStrategy<Row>.")
        String strategyClass,

        @JsonPropertyDescription("Holds partitions back that are far ahead of others.")
        Alignment alignment) {
    /** The full name of a class. */
    static final String CLASS = "^[A-Za-z_$][A-Za-z0-9_$]*([.][A-Za-z_$][A-Za-z0-9_$]*)*$";

    public EventTime {
        timestamp = timestamp == null ? Timestamp.Record : timestamp;
        maxOutOfOrderness = maxOutOfOrderness == null ? "5s" : maxOutOfOrderness;
        idleTimeout = idleTimeout == null ? "30s" : idleTimeout;
    }

    /** Epoch milliseconds, and records out of order by a bound. */
    public EventTime(Timestamp timestamp, String field, String maxOutOfOrderness, String idleTimeout) {
        this(timestamp, field, maxOutOfOrderness, idleTimeout, null, null, null, null);
    }

    /** How the field is to be read. */
    public FieldFormat format() {
        return fieldFormat == null ? FieldFormat.EpochMillis : fieldFormat;
    }

    /** How event time goes on. */
    public Strategy progress() {
        return strategy == null ? Strategy.BoundedOutOfOrderness : strategy;
    }

    /** Where the timestamp of a record is taken from. */
    public enum Timestamp {
        Record,
        Field
    }

    /** How a field holds a moment. */
    public enum FieldFormat {
        EpochMillis,
        EpochSeconds,
        /** Text as {@link PointInTime} reads it. */
        Iso8601;

        /** Type of such a field. */
        public FieldType type() {
            return this == Iso8601 ? FieldType.String : FieldType.Long;
        }
    }

    /** How event time goes on with the records of a partition. */
    public enum Strategy {
        BoundedOutOfOrderness,
        Monotonous,
        None,
        Custom
    }

    /**
     * Pauses reading of partitions that are far ahead of the slowest one.
     *
     * @param group null for the source's own
     * @param updateInterval null for Flink's, one second
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Alignment(
            @Size(max = 100)
            @Pattern("^[a-zA-Z0-9._-]+$")
            @JsonPropertyDescription("Name of what is aligned, in Flink's metrics; default: source.")
            String group,

            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("How far a partition may be ahead in event time, as in 5m.")
            String maxDrift,

            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("How often this is looked at; default: 1s.")
            String updateInterval) {}
}
