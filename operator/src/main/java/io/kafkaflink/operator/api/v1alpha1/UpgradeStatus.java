package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/** The upgrade under way. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeStatus(
        @Required @JsonPropertyDescription("Id of the upgrade.")
        String id,

        @Required @JsonPropertyDescription("What kind of change it is.")
        String kind,

        @Required @JsonPropertyDescription("The step under way.")
        String step,

        @JsonPropertyDescription("Revision that is left; absent at the first start.")
        String from,

        @JsonPropertyDescription("Revision that is reached, frozen since the upgrade started.")
        String to,

        @Required @JsonPropertyDescription("When the upgrade started.")
        Instant startedAt,

        @Required @JsonPropertyDescription("When the step started.")
        Instant stepStartedAt,

        @JsonPropertyDescription("Savepoint that the new job starts from.")
        String savepoint,

        @JsonPropertyDescription("HandOver: a second FlinkDeployment is armed before the first one stops. InPlace: the"
                + " one there is is changed.")
        Procedure procedure,

        @JsonPropertyDescription("FlinkDeployment that is left.")
        String fromDeployment,

        @JsonPropertyDescription("FlinkDeployment that is reached.")
        String toDeployment,

        @JsonPropertyDescription("Id of the Flink job that was told to go.")
        String jobId,

        @JsonPropertyDescription("What the step waits for, or why the upgrade is being taken back.")
        String message,

        @JsonPropertyDescription("How long each phase took so far.")
        LastUpgradeStatus.Phases phases) {

    /** How a change is made. */
    public enum Procedure {
        HandOver,
        InPlace
    }

    /** A change of the one FlinkDeployment there is. */
    public UpgradeStatus(
            String id,
            String kind,
            String step,
            String from,
            String to,
            Instant startedAt,
            Instant stepStartedAt,
            String savepoint) {
        this(id, kind, step, from, to, startedAt, stepStartedAt, savepoint, null, null, null, null, null, null);
    }
}
