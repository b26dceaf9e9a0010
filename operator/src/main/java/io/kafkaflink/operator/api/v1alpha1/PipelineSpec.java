package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Transform;
import java.util.List;
import java.util.Optional;

/** What the user asks for. Absent parts have their defaults, so that readers never meet null where a default exists. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = Rules.KAFKA_IS_GIVEN,
        message = "kafka is required because a source or sink is a Kafka topic; set kafka.clusterRef or"
                + " kafka.bootstrapServers")
@ValidationRule(
        value = Rules.TOPIC_OPERATOR_IS_KNOWN,
        fieldPath = ".kafka",
        message =
                "with bootstrapServers and a topic that is Managed or Existing, topicOperator.cluster is required: the"
                        + " value of the label strimzi.io/cluster that the Topic Operator selects; set it, or give every topic"
                        + " management External")
@ValidationRule(
        value = Rules.SOURCE_FITS_MAX_PARALLELISM,
        fieldPath = ".source",
        message =
                "partitions of a source topic may not exceed state.maxParallelism: the job has one subtask a partition;"
                        + " lower partitions, or raise maxParallelism before the pipeline is created")
@ValidationRule(
        value = Rules.PARALLELISM_OF_A_PATTERN,
        fieldPath = ".flink",
        message = "parallelism is required with source.kafka.topicPattern, at most state.maxParallelism, and follows"
                + " from the partitions without it: set or remove it")
@ValidationRule(
        value = Rules.SINKS_FIT_MAX_PARALLELISM,
        fieldPath = ".sinks",
        message = "with a datagen source the partitions of the sink's topic are the parallelism and may not exceed"
                + " state.maxParallelism; lower partitions, or raise maxParallelism before the pipeline is created")
@ValidationRule(
        value = Rules.TRANSACTIONS_OUTLIVE_A_STOP,
        fieldPath = ".sinks",
        message =
                "delivery.transactionTimeout of an ExactlyOnce sink must be at least state.checkpointInterval +"
                        + " state.checkpointTimeout + upgrade.stepTimeouts.handover +"
                        + " upgrade.stepTimeouts.start, or a planned stop can outlast an open"
                        + " transaction and lose its records; raise it (the broker allows 15m unless changed) or lower the others")
public record PipelineSpec(
        @Default("false")
        @JsonPropertyDescription("true stops the job with a savepoint and keeps everything; false resumes from it.")
        Boolean suspend,

        @Default("StopWithSavepoint")
        @JsonPropertyDescription("StopWithSavepoint: deletion stops the job with a savepoint, then topics with "
                + "deletionPolicy Delete go. Orphan: job, topics and revisions stay, unowned.")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("The Kafka cluster; required as soon as a source or sink is a Kafka topic.")
        KafkaSpec kafka,

        @Required @JsonPropertyDescription("Where records come from: exactly one of kafka and datagen.")
        SourceSpec source,

        @Default("{}") @JsonPropertyDescription("Where event time comes from and how late records may be.")
        EventTime eventTime,

        @Size(max = 50)
        @JsonPropertyDescription("Processing steps in order, each with a unique id and exactly one kind.")
        List<Transform> transforms,

        @Required
        @Size(min = 1, max = 10)
        @JsonPropertyDescription(
                "Where records go: a unique name and exactly one kind each. All get what leaves the last "
                        + "step, but those that onError or late names.")
        List<SinkSpec> sinks,

        @Required @JsonPropertyDescription("The Flink deployment.")
        FlinkSpec flink,

        @Default("{}") @JsonPropertyDescription("Where and how often state is kept.")
        StateSpec state,

        @Default("{}") @JsonPropertyDescription("How changes are carried out.")
        UpgradeSpec upgrade) {

    public PipelineSpec {
        suspend = suspend != null && suspend;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.StopWithSavepoint : deletionPolicy;
        eventTime = eventTime == null ? new EventTime(null, null, null, null) : eventTime;
        transforms = transforms == null ? List.of() : List.copyOf(transforms);
        sinks = sinks == null ? List.of() : List.copyOf(sinks);
        state = state == null ? new StateSpec(null, null, null, null, null, null, null) : state;
        upgrade = upgrade == null ? UpgradeSpec.DEFAULT : upgrade;
    }

    /**
     * The job's parallelism where it does not follow from topics: of a pattern as set, of a set of partitions its size.
     * Empty for topics and generators, and for a pattern without one, which is refused.
     */
    public Optional<Integer> givenParallelism() {
        SourceSpec.Kafka read = source.kafka();
        if (read == null) {
            return Optional.empty();
        }
        return read.topicPattern() != null
                ? Optional.ofNullable(flink.parallelism())
                : Optional.ofNullable(read.partitions()).map(List::size);
    }

    /** The same spec with other upgrade settings. */
    public PipelineSpec withUpgrade(UpgradeSpec other) {
        return new PipelineSpec(
                suspend, deletionPolicy, kafka, source, eventTime, transforms, sinks, flink, state, other);
    }

    /** What happens to job and topics when the resource is deleted. */
    public enum DeletionPolicy {
        StopWithSavepoint,
        Orphan
    }
}
