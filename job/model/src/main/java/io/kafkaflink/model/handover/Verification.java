package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the first own checkpoint of a started job contains.
 *
 * @param version of the document, currently {@value #VERSION}
 * @param upgradeId as in the {@link GoOrder}
 * @param checkpointId the checkpoint that was read; 0 when there was none in time
 * @param partitions found under the current source uid
 * @param splitsPerSubtaskMax most partitions that one subtask of the source reads
 * @param reasons why it failed, or what else a person should know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(
        Integer version,
        String upgradeId,
        String jobId,
        long checkpointId,
        int partitions,
        int splitsPerSubtaskMax,
        Outcome outcome,
        List<Reason> reasons,
        Instant at)
        implements HandoverDocument.Report {
    public static final int VERSION = 1;

    public Verification {
        version = version == null ? VERSION : version;
        reasons = HandoverJson.list(reasons);
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(
                HandoverDocument.version(version),
                HandoverDocument.jobId(jobId),
                HandoverDocument.required("outcome", outcome));
    }

    /** Whether the checkpoint holds every partition at or beyond the savepoint's offset. */
    public enum Outcome {
        Verified,
        Failed
    }
}
