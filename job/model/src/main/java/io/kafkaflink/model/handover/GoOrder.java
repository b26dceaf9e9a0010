package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Tells a waiting job to take over. It is meant for one job id: a job with another id, or one whose recovery path the
 * Flink operator has set, must not act on it.
 *
 * @param version of the document, currently {@value #VERSION}
 * @param upgradeId as in the {@link ArmOrder}
 * @param jobId of the {@link ArmVerdict} this answers, 32 hex digits
 * @param savepoint path of the final savepoint of the old job; null for a start without state
 * @param offsets where the source starts that has no state of its own
 * @param allowDropped uids whose state may be left behind, for this start only; committers included
 * @param acknowledged dangers that the user accepted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GoOrder(
        Integer version,
        String upgradeId,
        String jobId,
        String savepoint,
        Offsets offsets,
        List<String> allowDropped,
        List<Acknowledgement> acknowledged)
        implements HandoverDocument.Order {
    public static final int VERSION = 1;

    public GoOrder {
        version = version == null ? VERSION : version;
        allowDropped = HandoverJson.list(allowDropped);
        acknowledged = HandoverJson.list(acknowledged);
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(
                HandoverDocument.version(version),
                HandoverDocument.required("upgradeId", upgradeId),
                HandoverDocument.jobId(jobId),
                HandoverDocument.required("offsets", offsets),
                offsets == Offsets.Savepoint ? HandoverDocument.required("savepoint", savepoint) : Optional.empty());
    }

    /** Where a source without restored state starts. */
    public enum Offsets {
        /** Exactly where the savepoint ends. */
        Savepoint,
        /** At the consumer group's committed offsets, which lag behind the savepoint: repeats records. */
        Group,
        /** As configured: a first start. */
        StartingOffsets
    }
}
