package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One aggregate of a window: a name and exactly one kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.count), has(self.distinct), has(self.sum), has(self.min), has(self.max), has(self.avg),"
                + " has(self.duration)].filter(x, x).size() == 1",
        message = "set exactly one kind: count, distinct, sum, min, max, avg or duration")
public record Metric(
        @Required
        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("Name of the result field.")
        String name,

        @JsonPropertyDescription("Number of records, a Long.")
        Count count,

        @JsonPropertyDescription("Number of different values of a field, nulls left out, a Long.")
        Distinct distinct,

        @JsonPropertyDescription("Sum of a numeric field, nulls left out; a Long or Double as the field is.")
        Sum sum,

        @JsonPropertyDescription(
                "Smallest value of a numeric field, nulls left out; of the field's type, null when" + " there is none.")
        Min min,

        @JsonPropertyDescription(
                "Greatest value of a numeric field, nulls left out; of the field's type, null when" + " there is none.")
        Max max,

        @JsonPropertyDescription("Mean of a numeric field, nulls left out; a Double, null when there is none.")
        Avg avg,

        @JsonPropertyDescription("Only in session windows: milliseconds between the first and the last record, a Long.")
        Duration duration) {

    /** Kinds of metrics, for exhaustive switches. */
    public enum Kind {
        Count,
        Distinct,
        Sum,
        Min,
        Max,
        Avg,
        Duration
    }

    public static Metric count(String name) {
        return new Metric(name, new Count(), null, null, null, null, null, null);
    }

    public static Metric distinct(String name, String field) {
        return new Metric(name, null, new Distinct(field), null, null, null, null, null);
    }

    public static Metric sum(String name, String field) {
        return new Metric(name, null, null, new Sum(field), null, null, null, null);
    }

    public static Metric min(String name, String field) {
        return new Metric(name, null, null, null, new Min(field), null, null, null);
    }

    public static Metric max(String name, String field) {
        return new Metric(name, null, null, null, null, new Max(field), null, null);
    }

    public static Metric avg(String name, String field) {
        return new Metric(name, null, null, null, null, null, new Avg(field), null);
    }

    public static Metric duration(String name) {
        return new Metric(name, null, null, null, null, null, null, new Duration());
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        return Stream.of(
                        count == null ? null : Kind.Count,
                        distinct == null ? null : Kind.Distinct,
                        sum == null ? null : Kind.Sum,
                        min == null ? null : Kind.Min,
                        max == null ? null : Kind.Max,
                        avg == null ? null : Kind.Avg,
                        duration == null ? null : Kind.Duration)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("metric " + name + " has no kind"));
    }

    /** The field that is aggregated; none for a count of records and for a duration. */
    public Optional<String> field() {
        return Optional.ofNullable(
                switch (kind()) {
                    case Count, Duration -> null;
                    case Distinct -> distinct.field();
                    case Sum -> sum.field();
                    case Min -> min.field();
                    case Max -> max.field();
                    case Avg -> avg.field();
                });
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

    /** Smallest value of a numeric field. */
    public record Min(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The Long or Double field.")
            String field) {}

    /** Greatest value of a numeric field. */
    public record Max(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The Long or Double field.")
            String field) {}

    /** Mean of a numeric field. */
    public record Avg(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The Long or Double field.")
            String field) {}

    /** Time between the first and the last record of a session. */
    public record Duration() {}
}
