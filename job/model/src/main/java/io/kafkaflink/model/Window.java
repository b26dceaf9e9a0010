package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Event-time windows per key, of exactly one kind. Each result is a record with the key field, {@code windowStart} and
 * {@code windowEnd} (epoch milliseconds, end exclusive) and one field a metric. Late records are counted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.tumbling), has(self.sliding), has(self.session)].filter(x, x).size() == 1",
        message = "set exactly one kind of window: tumbling, sliding or session")
@ValidationRule(
        value = "has(self.session) || self.metrics.all(m, !has(m.duration))",
        fieldPath = ".metrics",
        message = "a duration is that of a session; use it with session only")
public record Window(
        @Required
        @Size(max = Field.MAX_LENGTH)
        @Pattern(Field.NAME)
        @JsonPropertyDescription("The field whose values are the keys.")
        String keyBy,

        @JsonPropertyDescription("Windows of one size that follow each other without gap or overlap.")
        Tumbling tumbling,

        @JsonPropertyDescription("Windows of one size that overlap: a new one begins with each slide.")
        Sliding sliding,

        @JsonPropertyDescription("Windows that last as long as records of the key follow each other.")
        Session session,

        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("How long after its end a window is kept for late records, as in 5m; each brings its "
                + "result once more, corrected. Without it records are late at once.")
        String allowedLateness,

        @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription("What is computed for each key and window, a field of the result each.")
        List<Metric> metrics,

        @JsonPropertyDescription("Where late records go; without it they are dropped.")
        Late late) {

    /** Kinds of windows, for exhaustive switches. */
    public enum Kind {
        Tumbling,
        Sliding,
        Session
    }

    /** Drops late records. */
    public Window(
            String keyBy,
            Tumbling tumbling,
            Sliding sliding,
            Session session,
            String allowedLateness,
            List<Metric> metrics) {
        this(keyBy, tumbling, sliding, session, allowedLateness, metrics, null);
    }

    public Window {
        metrics = metrics == null ? null : List.copyOf(metrics);
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        if (tumbling != null) {
            return Kind.Tumbling;
        }
        return sliding != null ? Kind.Sliding : Kind.Session;
    }

    /** The same with its late records dropped: where they go is no part of its state. */
    public Window droppingLate() {
        return new Window(keyBy, tumbling, sliding, session, allowedLateness, metrics);
    }

    /** Where late records go. */
    public record Late(
            @Required @Size(min = 1, max = 40) @JsonPropertyDescription("Name of the sink for them only.")
            String sink) {}

    /** Windows aligned to the epoch. */
    public record Tumbling(
            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("Length of a window, aligned to the epoch, as in 5s or 1m.")
            String size) {}

    /** Windows that begin at the multiples of the slide since the epoch; a record is in size / slide of them. */
    public record Sliding(
            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("Length of a window, as in 10m.")
            String size,

            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("Time between the beginnings of windows, at most the size, as in 1m.")
            String slide) {}

    /** Windows from the first record of a key until a gap after its last one. */
    public record Session(
            @Required
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("A session ends when its key has had no record for longer than this, as in 30m.")
            String gap) {}
}
