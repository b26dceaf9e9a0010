package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Transform;
import java.util.List;

/** What the user asks for. Absent parts have their defaults, so that readers never meet null where a default exists. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PipelineSpec(
        @Default("false")
        @JsonPropertyDescription("true stops the job with a savepoint and keeps everything; false resumes from it.")
        Boolean suspend,

        @Default("StopWithSavepoint")
        @JsonPropertyDescription("What deleting this resource does. StopWithSavepoint: the job stops with a savepoint,"
                + " then topics with deletionPolicy Delete go. Orphan: job, topics and revisions stay, unowned.")
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
        @JsonPropertyDescription("Where records go: each sink has a unique name and exactly one kind, and receives"
                + " every record that leaves the last step.")
        List<SinkSpec> sinks,

        @Required @JsonPropertyDescription("The Flink deployment.")
        FlinkSpec flink,

        @Required @JsonPropertyDescription("Where and how often state is kept.")
        StateSpec state,

        @Default("{}") @JsonPropertyDescription("How changes are carried out.")
        UpgradeSpec upgrade) {

    public PipelineSpec {
        suspend = suspend != null && suspend;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.StopWithSavepoint : deletionPolicy;
        eventTime = eventTime == null ? new EventTime(null, null, null, null) : eventTime;
        transforms = transforms == null ? List.of() : List.copyOf(transforms);
        sinks = sinks == null ? List.of() : List.copyOf(sinks);
        upgrade = upgrade == null ? new UpgradeSpec(null, null, null) : upgrade;
    }

    /** What happens to job and topics when the resource is deleted. */
    public enum DeletionPolicy {
        StopWithSavepoint,
        Orphan
    }
}
