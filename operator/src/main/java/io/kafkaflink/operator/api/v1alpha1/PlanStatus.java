package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** What an upgrade is going to do, for the person who approves it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
        @Required @JsonPropertyDescription("To be copied to spec.upgrade.approvedPlan, with approval Manual.")
        String id,

        @Required @JsonPropertyDescription("What kind of change it is.")
        String kind,

        @JsonPropertyDescription("Its steps in order, as in 1 Arm.")
        List<String> steps,

        @JsonPropertyDescription("Whether the job restarts.")
        Boolean restarts,

        @JsonPropertyDescription("What the new job says of the old one's state: Fit, Dropping, Unfit or Unknown.")
        String stateVerdict,

        @JsonPropertyDescription("How long there will be no output, by what such changes took, as in 6s.")
        String expectedDowntime,

        @JsonPropertyDescription("Whether there is no way back once the new job has completed a checkpoint.")
        Boolean irreversible,

        @JsonPropertyDescription("Dangers that were accepted and apply, as under spec.upgrade.acknowledge.")
        List<String> acknowledgements) {

    public PlanStatus {
        steps = steps == null ? List.of() : List.copyOf(steps);
        acknowledgements = acknowledgements == null ? List.of() : List.copyOf(acknowledgements);
    }
}
