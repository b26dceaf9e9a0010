package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkaflink.model.Timespan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a new job that it must check itself, report and wait.
 *
 * @param version of the document, currently {@value #VERSION}
 * @param upgradeId the upgrade this belongs to
 * @param revision name of the new revision
 * @param configHash SHA-256 of its job configuration in hex; a job with another configuration ignores the order
 * @param from the job it takes over from; null at a first start
 * @param expectedDropped uids whose state is left behind on purpose, committers included
 * @param newestState path of the newest known savepoint or checkpoint of the old job, for the comparison; null when there
 *     is none
 * @param plannedDowntime longest planned time between stop and first commit, a time span as in {@code 5m}
 * @param partitions number of partitions each topic must have; topics that are not named only have to exist
 * @param acknowledged dangers accepted for this revision, also for starts without {@link GoOrder}
 * @param abandoned the job that this one comes back from, after a rollback; null otherwise
 * @param drain true when the job is to watch, until the one it takes over from has read all that its partitions hold by
 *     now, and to write a {@link DrainReport} then; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmOrder(
        Integer version,
        String upgradeId,
        String revision,
        String configHash,
        From from,
        List<String> expectedDropped,
        String newestState,
        String plannedDowntime,
        Map<String, Integer> partitions,
        List<Acknowledgement> acknowledged,
        Abandoned abandoned,
        Boolean drain)
        implements HandoverDocument.Order {
    public static final int VERSION = 1;

    private static final Pattern CONFIG_HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TIME_SPAN = Pattern.compile(Timespan.PATTERN);

    public ArmOrder {
        version = version == null ? VERSION : version;
        expectedDropped = HandoverJson.list(expectedDropped);
        partitions = HandoverJson.map(partitions);
        acknowledged = HandoverJson.list(acknowledged);
        drain = Boolean.TRUE.equals(drain) ? true : null;
    }

    /** Whether the job is to wait until the old one has read on. */
    public boolean drains() {
        return drain != null;
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(
                HandoverDocument.version(version),
                HandoverDocument.required("upgradeId", upgradeId),
                HandoverDocument.matching(
                        "configHash", configHash, CONFIG_HASH, "the 64 hex digits of the configuration's SHA-256"),
                plannedDowntime == null
                        ? Optional.empty()
                        : HandoverDocument.matching(
                                "plannedDowntime", plannedDowntime, TIME_SPAN, "a time span as in 5m"),
                abandoned == null ? Optional.empty() : abandoned.fault());
    }

    /**
     * The job that still runs.
     *
     * @param revision name of its revision
     * @param deployment name of its FlinkDeployment
     * @param sourceUid uid of its source
     * @param sinkUids uid of each sink by its name
     * @param checkpoints folder of its checkpoints, {@code <checkpoint dir>/<job id>}; null when not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record From(
            String revision, String deployment, String sourceUid, Map<String, String> sinkUids, String checkpoints) {
        public From {
            sinkUids = HandoverJson.map(sinkUids);
        }
    }

    /**
     * A job that had been given the go and was deleted again. The job that resumes must not start when that one completed a
     * checkpoint or savepoint: output that readers have already seen would be written again.
     *
     * @param upgradeId the upgrade that is taken back; the value of the acknowledgement {@code RepeatedOutput}
     * @param jobId of the deleted job, 32 hex digits
     * @param checkpoints folder of its checkpoints, {@code <checkpoint dir>/<job id>}; null when it is under the resuming
     *     job's own checkpoint directory
     * @param savepoints folder of its savepoints; null when it is the resuming job's own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Abandoned(String upgradeId, String jobId, String checkpoints, String savepoints) {
        Optional<String> fault() {
            return HandoverDocument.first(
                            HandoverDocument.required("upgradeId", upgradeId), HandoverDocument.jobId(jobId))
                    .map(fault -> "abandoned." + fault);
        }
    }
}
