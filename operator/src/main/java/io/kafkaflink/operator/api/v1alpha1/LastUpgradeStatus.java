package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.List;

/** The last upgrade that came to an end. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LastUpgradeStatus(
        @Required @JsonPropertyDescription("Id of the upgrade.")
        String id,

        @Required @JsonPropertyDescription("What kind of change it was.")
        String kind,

        @Required @JsonPropertyDescription("How it ended, as in Succeeded.")
        String result,

        @JsonPropertyDescription("Revision that was left; absent at the first start.")
        String from,

        @JsonPropertyDescription("Revision that was to be reached.")
        String to,

        @Required @JsonPropertyDescription("When it started.")
        Instant startedAt,

        @Required @JsonPropertyDescription("When it ended.") Instant completedAt,

        @JsonPropertyDescription("Savepoint that the job was restarted from.")
        String savepoint,

        @JsonPropertyDescription(
                "From the stop request to the first completed checkpoint of the new job, as in 5800ms.")
        String downtime,

        @JsonPropertyDescription("How long each phase took.")
        Phases phases,

        @JsonPropertyDescription("Partitions whose offset in the savepoint was compared with the consumer group's.")
        Integer offsetsCompared,

        @JsonPropertyDescription("Partitions whose offset in the consumer group was set to that of the savepoint.")
        Integer offsetsRepaired,

        @JsonPropertyDescription("Open transactions that the new job found under its prefixes.")
        Integer openTransactions,

        @JsonPropertyDescription("uids whose state was left behind.")
        List<String> droppedState,

        @JsonPropertyDescription("Why it ended as it did.") String message) {

    public LastUpgradeStatus {
        droppedState = droppedState == null ? List.of() : List.copyOf(droppedState);
    }

    /** A change of which nothing but its end is known. */
    public LastUpgradeStatus(
            String id,
            String kind,
            String result,
            String from,
            String to,
            Instant startedAt,
            Instant completedAt,
            String savepoint) {
        this(id, kind, result, from, to, startedAt, completedAt, savepoint, null, null, null, null, null, null, null);
    }

    /** Time spans as in {@code 5800ms}; null where a phase was not gone through. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Phases(
            @JsonPropertyDescription("From the start of the upgrade to the verdict of the new job; the old one runs.")
            String armed,

            @JsonPropertyDescription("From the stop request to the completed savepoint.")
            String stop,

            @JsonPropertyDescription("From the go to the result of the checks on the savepoint.")
            String check,

            @JsonPropertyDescription("From that result to the first completed checkpoint.")
            String firstCheckpoint) {}
}
