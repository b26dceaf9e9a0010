package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.kafkaflink.model.Timespan;
import java.util.List;

/** How changes are carried out, and which dangers were accepted. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UpgradeSpec(
        @Default("Refuse")
        @JsonPropertyDescription("What growth of a topic with keyed records does, where the same key may move to"
                + " another partition. Refuse: it is reported and not done. GrowInPlace: it is done once Reordering"
                + " is acknowledged.")
        Growth growth,

        @Size(max = 20)
        @JsonPropertyDescription("Dangers that were accepted. status.acknowledgements.required shows the entries to"
                + " add; an entry is compared exactly and never covers another danger.")
        List<Acknowledgement> acknowledge,

        @Default("{}") @JsonPropertyDescription("How long the steps of an upgrade may take.")
        StepTimeouts stepTimeouts) {

    public UpgradeSpec {
        growth = growth == null ? Growth.Refuse : growth;
        acknowledge = acknowledge == null ? List.of() : List.copyOf(acknowledge);
        stepTimeouts = stepTimeouts == null ? new StepTimeouts(null, null) : stepTimeouts;
    }

    /** What growth of a topic with keyed records does. */
    public enum Growth {
        Refuse,
        GrowInPlace
    }

    /** A danger that needs a person's consent. */
    public enum Risk {
        Reordering,
        TopicRecreated,
        FreshStart
    }

    /** Consent to one danger. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Acknowledgement(
            @Required
            @JsonPropertyDescription("Reordering: records of a key may change order while a topic grows."
                    + " TopicRecreated: a topic was deleted and created again, and its offsets start anew."
                    + " FreshStart: the state of a job is gone, and it starts without.")
            Risk risk,

            @Required
            @Size(min = 1, max = 300)
            @JsonPropertyDescription(
                    "What exactly is accepted, as status.acknowledgements.required spells it, as in" + " clicks 4->8.")
            String value) {}

    /** Deadlines of the steps. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepTimeouts(
            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the start of the job to its first completed checkpoint, as in 5m.")
            String start,

            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the stop request to the completed savepoint, as in 5m.")
            String savepoint) {
        public StepTimeouts {
            start = start == null ? "5m" : start;
            savepoint = savepoint == null ? "5m" : savepoint;
        }
    }
}
