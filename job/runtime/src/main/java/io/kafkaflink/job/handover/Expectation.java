package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What the first own checkpoint of a job must hold.
 *
 * @param upgradeId of the go
 * @param savepointId number of the savepoint it started from; own checkpoints have larger ones. 0 without savepoint
 * @param sourceUid current uid of the source
 * @param starts where each partition was to be read from; {@link SavepointOffsets#EARLIEST} where any offset is right
 * @param ends a partition that is missing has been read to its end
 * @param shares several partitions with one subtask are nothing to report
 */
record Expectation(
        String upgradeId,
        long savepointId,
        String sourceUid,
        SortedMap<TopicPartition, Long> starts,
        boolean ends,
        boolean shares) {

    /** Of a source without end. */
    Expectation(String upgradeId, long savepointId, String sourceUid, SortedMap<TopicPartition, Long> starts) {
        this(upgradeId, savepointId, sourceUid, starts, false, false);
    }

    /**
     * Compares a checkpoint with what was expected.
     *
     * @param read where the source stands in it
     * @param last true when nothing more is waited for
     * @return empty as long as partitions are missing: a first checkpoint may come before the source has found them
     */
    Optional<Verification> verify(String jobId, long checkpoint, SavepointOffsets read, boolean last, Instant now) {
        SortedMap<TopicPartition, Long> missing = SavepointOffsets.sorted(ends ? Map.of() : starts);
        missing.keySet().removeAll(read.offsets().keySet());
        if (!missing.isEmpty() && !last) {
            return Optional.empty();
        }
        List<Reason> reasons = new ArrayList<>();
        if (!missing.isEmpty()) {
            reasons.add(Reason.of(
                    "PartitionsMissing",
                    "Checkpoint " + checkpoint + " has no offset under source " + sourceUid + " of "
                            + missing.firstKey()
                            + " and " + (missing.size() - 1) + " more of " + starts.size()
                            + " partitions: the source does not read them. Look at the job's exceptions"));
        }
        behind(checkpoint, read).ifPresent(reasons::add);
        boolean failed = !reasons.isEmpty();
        if (read.largestSubtask() > 1 && !shares && !failed) {
            reasons.add(Reason.of(
                    "SharedSubtask",
                    "One subtask of source " + sourceUid + " reads " + read.largestSubtask()
                            + " partitions, expected 1: throughput is uneven. A new source uid (uidChangeNonce)"
                            + " distributes them anew"));
        }
        return Optional.of(new Verification(
                null,
                upgradeId,
                jobId,
                checkpoint,
                read.offsets().size(),
                read.largestSubtask(),
                failed ? Verification.Outcome.Failed : Verification.Outcome.Verified,
                reasons,
                now));
    }

    private Optional<Reason> behind(long checkpoint, SavepointOffsets read) {
        return starts.entrySet().stream()
                .filter(start -> repeats(start.getValue(), read.offsets().get(start.getKey())))
                .findFirst()
                .map(Map.Entry::getKey)
                .map(first -> Reason.of(
                        "OffsetBehindSavepoint",
                        "Checkpoint " + checkpoint + ": found offset "
                                + read.offsets().get(first) + " of " + first
                                + ", expected at least " + starts.get(first)
                                + ": records are read twice. Roll back"));
    }

    private static boolean repeats(long start, Long now) {
        return now != null && start >= 0 && now < start;
    }

    /** When there was no checkpoint at all in time. */
    Verification none(String jobId, String why, Instant now) {
        return new Verification(
                null,
                upgradeId,
                jobId,
                0,
                0,
                0,
                Verification.Outcome.Failed,
                List.of(Reason.of("NoCheckpoint", why)),
                now);
    }
}
