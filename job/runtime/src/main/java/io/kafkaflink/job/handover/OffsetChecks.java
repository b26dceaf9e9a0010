package io.kafkaflink.job.handover;

import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether reading can go on exactly where a savepoint stands.
 *
 * @param saved where the savepoint stands
 * @param group committed offsets of the consumer group, of partitions that have one
 * @param beginnings oldest offset of every partition of the subscribed topics
 * @param ends offset after the newest record, of the same partitions
 * @param withoutCommit where a partition starts whose state says "committed" and that has no committed offset
 * @param unknown where a partition starts that the savepoint does not know
 */
record OffsetChecks(
        SavepointOffsets saved,
        Map<TopicPartition, Long> group,
        Map<TopicPartition, Long> beginnings,
        Map<TopicPartition, Long> ends,
        StartingOffsets.ResetStrategy withoutCommit,
        UnknownPartition unknown) {

    /** Of topics that are read as a whole. */
    OffsetChecks(
            SavepointOffsets saved,
            Map<TopicPartition, Long> group,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends,
            StartingOffsets.ResetStrategy withoutCommit) {
        this(saved, group, beginnings, ends, withoutCommit, UnknownPartition.BY_TOPIC);
    }

    /**
     * Where each partition of the subscribed topics will be read from. Those that start as configured are missing.
     */
    SortedMap<TopicPartition, Long> effective() {
        SortedMap<TopicPartition, Long> effective = SavepointOffsets.sorted(Map.of());
        beginnings.forEach((partition, beginning) -> {
            Long offset = saved.offsets().get(partition);
            if (offset != null && offset >= 0) {
                effective.put(partition, offset);
            } else if (offset == null && unknown == UnknownPartition.FOUND) {
                effective.put(partition, group.getOrDefault(partition, beginning));
            } else if (offset == null
                    && unknown == UnknownPartition.BY_TOPIC
                    && saved.topics().contains(partition.topic())) {
                // Added while the job was stopped, or found and never assigned.
                effective.put(partition, beginning);
            } else if (offset != null && resolved(partition, offset) != null) {
                effective.put(partition, resolved(partition, offset));
            }
        });
        return effective;
    }

    /** The least offset that a checkpoint of the new job may have of each partition. */
    SortedMap<TopicPartition, Long> least() {
        SortedMap<TopicPartition, Long> least = SavepointOffsets.sorted(Map.of());
        beginnings
                .keySet()
                .forEach(partition ->
                        least.put(partition, saved.offsets().getOrDefault(partition, SavepointOffsets.EARLIEST)));
        least.replaceAll((partition, offset) -> offset < 0 ? SavepointOffsets.EARLIEST : offset);
        return least;
    }

    /** A marker means that no record was read yet, so that the beginning and the group's offset are as good as they were. */
    private Long resolved(TopicPartition partition, long marker) {
        if (marker == SavepointOffsets.EARLIEST) {
            return beginnings.get(partition);
        }
        if (marker == SavepointOffsets.COMMITTED) {
            return group.containsKey(partition)
                    ? group.get(partition)
                    : withoutCommit == StartingOffsets.ResetStrategy.Earliest ? beginnings.get(partition) : null;
        }
        return null;
    }

    /** Partitions whose group offset is beyond the savepoint's: somebody else moved it, or it steps over markers only. */
    SortedMap<TopicPartition, Long> groupAhead() {
        SortedMap<TopicPartition, Long> ahead = SavepointOffsets.sorted(Map.of());
        effective().forEach((partition, offset) -> {
            if (group.getOrDefault(partition, Long.MIN_VALUE) > offset) {
                ahead.put(partition, offset);
            }
        });
        return ahead;
    }

    /** Group offsets to set, so that tools and a later start from the group see what the job sees. */
    SortedMap<TopicPartition, Long> repairs() {
        SortedMap<TopicPartition, Long> repairs = SavepointOffsets.sorted(Map.of());
        effective().forEach((partition, offset) -> {
            if (group.getOrDefault(partition, Long.MIN_VALUE) < offset) {
                repairs.put(partition, offset);
            }
        });
        return repairs;
    }

    /** @param repaired number of group offsets that were set */
    GoResult.Offsets report(int repaired) {
        List<GoResult.Deviation> deviations = new ArrayList<>();
        saved.offsets().forEach((partition, offset) -> {
            Long committed = group.get(partition);
            if (deviations.size() < GoResult.Offsets.MOST_DEVIATIONS
                    && (committed == null || !committed.equals(offset))
                    && beginnings.containsKey(partition)) {
                deviations.add(new GoResult.Deviation(partition.topic(), partition.partition(), offset, committed));
            }
        });
        return new GoResult.Offsets(beginnings.size(), effective().size(), repaired, saved.digest(), deviations);
    }

    /** @param movedOver partitions whose group offset is ahead and steps over records, not only over markers */
    List<Finding> findings(Collection<TopicPartition> movedOver, Collection<Acknowledgement> accepted) {
        List<Finding> findings = new ArrayList<>(range(effective(), accepted));
        SortedMap<TopicPartition, Long> unread = SavepointOffsets.sorted(saved.offsets());
        unread.keySet().retainAll(beginnings.keySet());
        unread.keySet().removeAll(effective().keySet());
        if (!unread.isEmpty()) {
            findings.add(danger(
                    "UnreadPartition",
                    unread,
                    "was never read and was to start at the end: records that came since the stop would be left out",
                    accepted));
        }
        SortedMap<TopicPartition, Long> vanished = SavepointOffsets.sorted(saved.offsets());
        vanished.keySet().removeAll(beginnings.keySet());
        vanished.keySet().removeIf(partition -> beginnings.keySet().stream()
                .noneMatch(each -> each.topic().equals(partition.topic())));
        // A list leaves partitions out, and that those in it exist was asked before.
        if (!vanished.isEmpty() && unknown != UnknownPartition.LISTED) {
            findings.add(Finding.unfit(
                    "PartitionMissing",
                    first(vanished) + " is in the savepoint but not in the topic: the topic was deleted and created"
                            + " again. Restore it, or start afresh"));
        }
        if (!movedOver.isEmpty()) {
            SortedMap<TopicPartition, Long> moved = SavepointOffsets.sorted(Map.of());
            movedOver.forEach(partition -> moved.put(partition, group.get(partition)));
            findings.add(danger(
                    "GroupMoved",
                    moved,
                    "has a committed offset beyond the savepoint, so that somebody else uses this consumer group or the"
                            + " old job has not stopped",
                    accepted));
        }
        return findings;
    }

    /** Records that are gone, and offsets that a topic never had. */
    List<Finding> range(SortedMap<TopicPartition, Long> starts, Collection<Acknowledgement> accepted) {
        SortedMap<TopicPartition, Long> expired = SavepointOffsets.sorted(Map.of());
        SortedMap<TopicPartition, Long> truncated = SavepointOffsets.sorted(Map.of());
        starts.forEach((partition, offset) -> {
            if (offset < beginnings.getOrDefault(partition, Long.MIN_VALUE)) {
                expired.put(partition, offset);
            } else if (offset > ends.getOrDefault(partition, Long.MAX_VALUE)) {
                truncated.put(partition, offset);
            }
        });
        List<Finding> findings = new ArrayList<>();
        if (!expired.isEmpty()) {
            TopicPartition first = expired.firstKey();
            findings.add(danger(
                    "RecordsExpired",
                    expired,
                    "begins at " + beginnings.get(first) + " by now: the records before were deleted unread. Raise"
                            + " retention.ms for longer stops",
                    accepted));
        }
        if (!truncated.isEmpty()) {
            TopicPartition first = truncated.firstKey();
            findings.add(Finding.unfit(
                    "TopicTruncated",
                    first(truncated) + " ends at " + ends.get(first) + ": the topic was deleted and created again, or"
                            + " lost records. Find out which; start afresh if it is meant"));
        }
        return findings;
    }

    private static Finding danger(
            String code,
            SortedMap<TopicPartition, Long> partitions,
            String what,
            Collection<Acknowledgement> accepted) {
        SortedSet<String> topics = new TreeSet<>();
        partitions.keySet().forEach(partition -> topics.add(partition.topic()));
        // A digest of the very offsets: an acknowledgement never covers other records.
        String value = String.join(",", topics) + " " + partitions.size() + " "
                + SavepointOffsets.digest(partitions).substring(0, 8);
        return Finding.danger(Verdict.Unfit, code, value, first(partitions) + " " + what, accepted);
    }

    private static String first(SortedMap<TopicPartition, Long> partitions) {
        TopicPartition first = partitions.firstKey();
        return "Topic " + first.topic() + ", partition " + first.partition() + ", offset " + partitions.get(first)
                + (partitions.size() == 1 ? "" : " (and " + (partitions.size() - 1) + " more)");
    }

    /** Saved offsets of partitions that records were read of. */
    SortedMap<TopicPartition, Long> read() {
        SortedMap<TopicPartition, Long> read = SavepointOffsets.sorted(saved.offsets());
        read.values().removeIf(offset -> offset < 0);
        return read;
    }

    /** Committed offsets of partitions that exist. */
    SortedMap<TopicPartition, Long> committed() {
        SortedMap<TopicPartition, Long> committed = SavepointOffsets.sorted(group);
        committed.keySet().retainAll(beginnings.keySet());
        return committed;
    }
}
