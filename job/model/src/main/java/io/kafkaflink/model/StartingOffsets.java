package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Where a partition is read from when there is no state and no savepoint for it. */
public record StartingOffsets(
        @Default("Committed") @JsonPropertyDescription("Earliest, Latest, or Committed: the consumer group's offsets.")
        Mode mode,

        @Default("Earliest")
        @JsonPropertyDescription(
                "With mode Committed, what a partition without committed offset does: Earliest, Latest,"
                        + " or None to fail.")
        ResetStrategy resetStrategy) {

    public StartingOffsets {
        mode = mode == null ? Mode.Committed : mode;
        resetStrategy = resetStrategy == null ? ResetStrategy.Earliest : resetStrategy;
    }

    /** Where reading starts. */
    public enum Mode {
        Earliest,
        Latest,
        Committed
    }

    /** What a partition without committed offset does. */
    public enum ResetStrategy {
        Earliest,
        Latest,
        None
    }
}
