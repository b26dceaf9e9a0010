package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What the operator has seen and done.
 *
 * @param savepoints newest first; the constructor keeps the first {@value #LEDGER_SIZE}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PipelineStatus(
        @JsonPropertyDescription("metadata.generation that this status describes; -1 before the first visit.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled, TopicsReady, JobRunning, Suspended, Upgrading and" + " OffsetsVerified.")
        List<Condition> conditions,

        @JsonPropertyDescription("State of the Flink job, as in RUNNING or SUSPENDED.")
        String job,

        @JsonPropertyDescription("Partitions that the parallelism follows, as the topic really has them.")
        Integer partitions,

        @JsonPropertyDescription("What is deployed.") DeployedStatus deployed,

        @JsonPropertyDescription("Topics of sources and sinks.")
        List<TopicStatus> topics,

        @JsonPropertyDescription("The upgrade under way; absent when there is none.")
        UpgradeStatus upgrade,

        @JsonPropertyDescription("The last upgrade that came to an end.")
        LastUpgradeStatus lastUpgrade,

        @JsonPropertyDescription("The last savepoints, newest first, at most 10.")
        List<SavepointStatus> savepoints,

        @JsonPropertyDescription("Consumer group of the source.")
        String groupId,

        @JsonPropertyDescription("Addresses of Kafka, host:port, comma-separated.")
        String bootstrapServers,

        @JsonPropertyDescription("Service with Flink's REST interface and web page, as in <name>.<namespace>:8081.")
        String restService,

        @JsonPropertyDescription("Dangers to accept in spec.upgrade.acknowledge, and entries there without effect.")
        AcknowledgementStatus acknowledgements,

        @JsonPropertyDescription("The last spec that was tried and taken back; absent when there is none.")
        RejectedStatus rejected,

        @JsonPropertyDescription("What the upgrade under way is going to do.")
        PlanStatus plan,

        @JsonPropertyDescription("The last value of the annotation kafkaflink.io/request that was carried out.")
        String lastHandledRequest) {
    public static final int LEDGER_SIZE = 10;

    /** The status of a resource that was never visited. */
    public static final PipelineStatus EMPTY = new PipelineStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public PipelineStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        topics = topics == null ? List.of() : List.copyOf(topics);
        savepoints = savepoints == null
                ? List.of()
                : savepoints.stream().limit(LEDGER_SIZE).toList();
    }

    /** The same status with another upgrade under way, or none. */
    public PipelineStatus withUpgrade(UpgradeStatus next) {
        return with(next, lastUpgrade, rejected);
    }

    /** The same status after the upgrade under way has ended. */
    public PipelineStatus withUpgradeEnded(LastUpgradeStatus last, RejectedStatus whatWasRejected) {
        return with(null, last, whatWasRejected);
    }

    private PipelineStatus with(UpgradeStatus next, LastUpgradeStatus last, RejectedStatus whatWasRejected) {
        return new PipelineStatus(
                observedGeneration,
                conditions,
                job,
                partitions,
                deployed,
                topics,
                next,
                last,
                savepoints,
                groupId,
                bootstrapServers,
                restService,
                acknowledgements,
                whatWasRejected,
                plan,
                lastHandledRequest);
    }
}
