package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import java.util.Optional;

/** What a first start goes on from: the savepoint of a job that this pipeline did not run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSpec(
        @Required
        @Size(max = 1000)
        @Pattern("^[a-z][a-z0-9+.-]*:/+[^\\s/]\\S*$")
        @JsonPropertyDescription(
                "Savepoint that the job was stopped with, as in s3://bucket/savepoints/savepoint-a1b2c3-d4e5f6.")
        String savepointPath,

        @Size(max = 255)
        @Pattern("^\\S+$")
        @JsonPropertyDescription(
                "uid of the Kafka source in that job; this pipeline reads on exactly where it ended. Default source-1.")
        String sourceUid,

        @JsonPropertyDescription("uids of that job's sinks, by the name of the sink here; their state is left behind.")
        Map<String, String> sinkUids) {

    public RestoreSpec {
        sinkUids = sinkUids == null ? Map.of() : Map.copyOf(sinkUids);
    }

    /**
     * What another pipeline needs to go on from this one: the savepoint that its last job was stopped with. Empty when that
     * job was not stopped with one, so that whoever goes on would repeat what it has written since.
     */
    public static Optional<RestoreSpec> of(PipelineStatus status) {
        if (!"SUSPENDED".equals(status.job())
                || status.deployed() == null
                || status.deployed().uids() == null) {
            return Optional.empty();
        }
        String job = status.deployed().jobId();
        return status.savepoints().stream()
                .findFirst()
                .filter(newest -> job != null && job.equals(newest.jobId()))
                .map(newest -> new RestoreSpec(
                        newest.path(),
                        status.deployed().uids().source(),
                        status.deployed().uids().sinks()));
    }
}
