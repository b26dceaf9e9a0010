package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * The job that is taken over from has a completed checkpoint beyond all that its partitions held when the waiting job was
 * told to watch ({@link ArmOrder#drain()}).
 *
 * @param version of the document, currently {@value #VERSION}
 * @param upgradeId as in the {@link ArmOrder}
 * @param jobId of the job that waits and writes this, 32 hex digits
 * @param checkpointId the checkpoint of the old job that was read
 * @param partitions that were compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrainReport(
        Integer version, String upgradeId, String jobId, long checkpointId, int partitions, Instant at)
        implements HandoverDocument.Report {
    public static final int VERSION = 1;

    public DrainReport {
        version = version == null ? VERSION : version;
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(
                HandoverDocument.version(version),
                HandoverDocument.required("upgradeId", upgradeId),
                HandoverDocument.jobId(jobId));
    }
}
