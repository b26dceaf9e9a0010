package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Up to where each partition is read. The ends are looked up once, at the first start, and then belong to the state: the job
 * finishes when every partition has come to its end.
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
public record StoppingOffsets(
        @Default("Never")
        @JsonPropertyDescription(
                "Never. Latest: the end of each partition at the first start. Timestamp: the first record"
                        + " at or after timestamp. Committed: the group's offsets at the first start; a partition "
                        + "without one is not read. Specific: as offsets says.")
        Mode mode,

        @Size(max = PointInTime.MAX_LENGTH)
        @Pattern(PointInTime.PATTERN)
        @JsonPropertyDescription(
                "With mode Timestamp: a moment that is past, as in 2026-11-01T00:00:00Z, by the records' "
                        + "timestamps in Kafka.")
        String timestamp,

        @Size(min = 1, max = PartitionOffset.MOST)
        @JsonPropertyDescription(
                "With mode Specific: the first record not to read of each partition; every partition has"
                        + " to be listed.")
        List<PartitionOffset> offsets) {

    public static final StoppingOffsets NEVER = new StoppingOffsets(null, null, null);

    public StoppingOffsets {
        mode = mode == null ? Mode.Never : mode;
        offsets = offsets == null ? null : List.copyOf(offsets);
    }

    /** Where reading ends. */
    public enum Mode {
        Never,
        Latest,
        Timestamp,
        Committed,
        Specific
    }
}
