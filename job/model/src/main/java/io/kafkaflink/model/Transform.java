package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One processing step: an id, which names its Flink state ({@code step-<id>}), and exactly one kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.prefix), has(self.project), has(self.rebalance), has(self.filter), has(self.flatten),"
                + " has(self.keyedCount), has(self.deduplicate), has(self.window), has(self.sql), has(self.custom)]"
                + ".filter(x, x).size() == 1",
        message =
                "set exactly one kind: prefix, project, rebalance, filter, flatten, keyedCount, deduplicate, window, sql"
                        + " or custom")
public record Transform(
        @Required
        @Size(max = 40)
        @Pattern("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")
        @JsonPropertyDescription("Unique name of the step; its state is kept under the uid step-<id>.")
        String id,

        @JsonPropertyDescription("Puts a text before a String field.")
        Prefix prefix,

        @JsonPropertyDescription("Chooses and renames fields, and adds fixed values.")
        Projection project,

        @JsonPropertyDescription("Spreads records evenly over all subtasks; order per partition is given up.")
        Rebalance rebalance,

        @JsonPropertyDescription("Keeps the records for which an expression is true.")
        Filter filter,

        @JsonPropertyDescription("Makes one record of each member of an array.")
        Flatten flatten,

        @JsonPropertyDescription("Adds the running count of records of the same key as a field.")
        KeyedCount keyedCount,

        @JsonPropertyDescription("Keeps the first record of a key within a time and drops the others.")
        Deduplicate deduplicate,

        @JsonPropertyDescription("Aggregates records by key and event-time window.")
        Window window,

        @JsonPropertyDescription("Makes new records with a query of Flink SQL.")
        QueryStep sql,

        @JsonPropertyDescription("Makes new records with a function in the image.")
        FunctionStep custom) {

    /** Kinds of steps, for exhaustive switches. */
    public enum Kind {
        Prefix,
        Project,
        Rebalance,
        Filter,
        Flatten,
        KeyedCount,
        Deduplicate,
        Window,
        Sql,
        Custom
    }

    public static Transform of(String id, Prefix prefix) {
        return new Transform(id, prefix, null, null, null, null, null, null, null, null, null);
    }

    public static Transform of(String id, Projection project) {
        return new Transform(id, null, project, null, null, null, null, null, null, null, null);
    }

    public static Transform of(String id, Rebalance rebalance) {
        return new Transform(id, null, null, rebalance, null, null, null, null, null, null, null);
    }

    public static Transform of(String id, Filter filter) {
        return new Transform(id, null, null, null, filter, null, null, null, null, null, null);
    }

    public static Transform of(String id, Flatten flatten) {
        return new Transform(id, null, null, null, null, flatten, null, null, null, null, null);
    }

    public static Transform of(String id, KeyedCount keyedCount) {
        return new Transform(id, null, null, null, null, null, keyedCount, null, null, null, null);
    }

    public static Transform of(String id, Deduplicate deduplicate) {
        return new Transform(id, null, null, null, null, null, null, deduplicate, null, null, null);
    }

    public static Transform of(String id, Window window) {
        return new Transform(id, null, null, null, null, null, null, null, window, null, null);
    }

    public static Transform of(String id, QueryStep sql) {
        return new Transform(id, null, null, null, null, null, null, null, null, sql, null);
    }

    public static Transform of(String id, FunctionStep custom) {
        return new Transform(id, null, null, null, null, null, null, null, null, null, custom);
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        return Stream.of(
                        prefix == null ? null : Kind.Prefix,
                        project == null ? null : Kind.Project,
                        rebalance == null ? null : Kind.Rebalance,
                        filter == null ? null : Kind.Filter,
                        flatten == null ? null : Kind.Flatten,
                        keyedCount == null ? null : Kind.KeyedCount,
                        deduplicate == null ? null : Kind.Deduplicate,
                        window == null ? null : Kind.Window,
                        sql == null ? null : Kind.Sql,
                        custom == null ? null : Kind.Custom)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("transform " + id + " has no kind"));
    }

    /** The uid of the step's operator. */
    public String uid() {
        return "step-" + id;
    }

    /** The uid of the operator that counts a window's late records. */
    public String lateUid() {
        return uid() + "-late";
    }

    /** Whether a record that leaves the step is made of exactly one that reached it, with what that had beside its fields. */
    boolean keepsRecords() {
        return window == null && sql == null && custom == null;
    }

    /** Name of the sink for the late records of a window; empty where they are dropped, and for other steps. */
    Optional<String> lateSink() {
        return Optional.ofNullable(window).map(Window::late).map(Window.Late::sink);
    }

    /** Puts a text before a String field. */
    public record Prefix(
            @Required @Size(max = 1000) @JsonPropertyDescription("The text to put before.")
            String value,

            @Default("value")
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The String field to change; value is the field of the string format.")
            String field) {
        public Prefix {
            field = field == null ? "value" : field;
        }
    }

    /** Round-robin redistribution. */
    public record Rebalance() {}

    /** Keeps the records for which a CEL expression is true. */
    public record Filter(
            @Required
            @Size(min = 1, max = 2000)
            @JsonPropertyDescription(
                    "A CEL expression over the record's fields that yields true or false, as in status == 200"
                            + " && !bot. Where it cannot be evaluated (a null field) the record is dropped.")
            String expression) {}

    /** One record for each member of an array. */
    public record Flatten(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription(
                    "The Array field. In its place each record has the member, or the member's fields. A null"
                            + " or empty array makes no record.")
            String field) {}

    /** Running count per key. */
    public record KeyedCount(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The field whose values are the keys.")
            String keyBy,

            @Default("count")
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("Name of the Long field that is added to each record.")
            String as) {
        public KeyedCount {
            as = as == null ? "count" : as;
        }
    }

    /** First record per key and time. */
    public record Deduplicate(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The field whose values are the keys.")
            String keyBy,

            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription(
                    "A record less than this in event time after the last one of its key that was kept is "
                            + "dropped, as in 10m.")
            String within) {}
}
