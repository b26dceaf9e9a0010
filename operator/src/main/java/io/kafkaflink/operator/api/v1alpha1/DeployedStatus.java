package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kafkaflink.model.JobConfiguration.Uids;

/** What is deployed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeployedStatus(
        @JsonPropertyDescription("Name of the ControllerRevision with everything that was rendered.")
        String revision,

        @JsonPropertyDescription("Hash of the settings that restart the job; while it stays, nothing is written.")
        String inputHash,

        @JsonPropertyDescription("uids of source and sinks.")
        Uids uids,

        @JsonPropertyDescription("Parallelism of the job.") Integer parallelism,

        @JsonPropertyDescription("Flink version, as in v2_2.")
        String flinkVersion,

        @JsonPropertyDescription("Version of the Kafka connector, as in 5.0.0.")
        String connectorVersion,

        @JsonPropertyDescription("Id of the Flink job.") String jobId,

        @JsonPropertyDescription("Name of the FlinkDeployment.")
        String flinkDeployment) {}
