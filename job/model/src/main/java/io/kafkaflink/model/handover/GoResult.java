package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the job did with a {@link GoOrder}, written before it starts.
 *
 * @param version of the document, currently {@value #VERSION}
 * @param upgradeId as in the order; null for a start that the Flink operator made with a recovery path of its own
 * @param jobId of the job that wrote it
 * @param outcome whether it starts
 * @param reasons why not, or what else a person should know
 * @param offsets the comparison of savepoint and consumer group
 * @param openTransactions number of open transactions under the prefixes of the sinks
 * @param savepoint what it starts from; null for a start without state
 * @param sourceUid of the source in that savepoint; null without one
 * @param checkpointId number that Flink gave the savepoint; 0 without one. Own checkpoints have larger numbers
 * @param newerState newest checkpoint or savepoint of an {@linkplain ArmOrder.Abandoned abandoned job}, because of which
 *     this start was refused; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GoResult(
        Integer version,
        String upgradeId,
        String jobId,
        Outcome outcome,
        List<Reason> reasons,
        Offsets offsets,
        int openTransactions,
        String savepoint,
        String sourceUid,
        long checkpointId,
        String newerState,
        Instant at)
        implements HandoverDocument.Report {
    public static final int VERSION = 1;

    public GoResult {
        version = version == null ? VERSION : version;
        reasons = HandoverJson.list(reasons);
        offsets = offsets == null ? Offsets.NONE : offsets;
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(
                HandoverDocument.version(version),
                HandoverDocument.jobId(jobId),
                HandoverDocument.required("outcome", outcome));
    }

    /** Whether the job starts. */
    public enum Outcome {
        Started,
        Refused
    }

    /**
     * Offsets of the savepoint against those of the consumer group.
     *
     * @param partitions of the subscribed topics
     * @param compared partitions whose offset, from the savepoint or where it knows of none the beginning, was compared with
     *     the group's
     * @param repaired partitions whose group offset was set to that of the savepoint
     * @param digest SHA-256 in hex of the lines {@code <topic>-<partition>=<offset>}, sorted, of the savepoint
     * @param deviations the first {@value #MOST_DEVIATIONS} partitions where they differed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Offsets(int partitions, int compared, int repaired, String digest, List<Deviation> deviations) {
        public static final int MOST_DEVIATIONS = 20;
        public static final Offsets NONE = new Offsets(0, 0, 0, null, List.of());

        public Offsets {
            deviations = HandoverJson.list(deviations);
        }
    }

    /**
     * A partition whose group offset was not that of the savepoint.
     *
     * @param savepoint next record to read; negative numbers are Flink's markers: -1 latest, -2 earliest, -3 committed
     * @param group null when the group has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Deviation(String topic, int partition, long savepoint, Long group) {}
}
