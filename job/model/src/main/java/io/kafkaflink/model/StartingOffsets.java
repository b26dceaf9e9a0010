package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Where a partition is read from when there is no state and no savepoint for it.
 *
 * @param timestamp with mode Timestamp, else null
 * @param offsets with mode Specific, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.timestamp) == (self.mode == 'Timestamp')",
        message = "timestamp and mode: Timestamp belong together, as in {mode: Timestamp, timestamp:"
                + " \"2026-11-01T00:00:00Z\"}")
@ValidationRule(
        value = "has(self.offsets) == (self.mode == 'Specific')",
        message = "offsets and mode: Specific belong together, as in {mode: Specific, offsets: [{topic: clicks,"
                + " partition: 0, offset: 42}]}")
public record StartingOffsets(
        @Default("Committed")
        @JsonPropertyDescription("Earliest, Latest, Committed: the group's offsets, Timestamp: the first record at or "
                + "after it, or Specific: as offsets says.")
        Mode mode,

        @Default("Earliest")
        @JsonPropertyDescription(
                "What a partition without committed offset does with mode Committed, and one that offsets"
                        + " leaves out with Specific: Earliest, Latest, or None to fail.")
        ResetStrategy resetStrategy,

        @Size(max = PointInTime.MAX_LENGTH)
        @Pattern(PointInTime.PATTERN)
        @JsonPropertyDescription(
                "With mode Timestamp: a moment, as in 2026-11-01T00:00:00Z, by the records' timestamps in" + " Kafka.")
        String timestamp,

        @Size(min = 1, max = PartitionOffset.MOST)
        @JsonPropertyDescription(
                "With mode Specific: the first record to read of each partition; others start as with" + " Committed.")
        List<PartitionOffset> offsets) {

    public StartingOffsets {
        mode = mode == null ? Mode.Committed : mode;
        resetStrategy = resetStrategy == null ? ResetStrategy.Earliest : resetStrategy;
        offsets = offsets == null ? null : List.copyOf(offsets);
    }

    /** Of a mode that needs nothing else. */
    public static StartingOffsets of(Mode mode) {
        return new StartingOffsets(mode, null, null, null);
    }

    /** The consumer group's. */
    public static StartingOffsets committed(ResetStrategy reset) {
        return new StartingOffsets(Mode.Committed, reset, null, null);
    }

    /** Where reading starts. */
    public enum Mode {
        Earliest,
        Latest,
        Committed,
        Timestamp,
        Specific
    }

    /** What a partition without committed offset does. */
    public enum ResetStrategy {
        Earliest,
        Latest,
        None
    }
}
