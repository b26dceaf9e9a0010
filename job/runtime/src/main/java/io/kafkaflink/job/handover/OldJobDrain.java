package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.DrainReport;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the old job has a completed checkpoint beyond all that its partitions held at the first look. Taken after the
 * producers have learned of new partitions, no record of a key that moved is left unread then.
 */
final class OldJobDrain implements DrainWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OldJobDrain.class);

    private final NewJob job;
    private final ArmOrder order;
    private final String jobId;
    private final Clock clock;
    private Map<TopicPartition, Long> ends;
    private long compared = -1;

    OldJobDrain(NewJob job, ArmOrder order, String jobId, Clock clock) {
        this.job = job;
        this.order = order;
        this.jobId = jobId;
        this.clock = clock;
    }

    @Override
    public Optional<DrainReport> look() {
        try {
            CheckpointFolder folder = new CheckpointFolder(order.from().checkpoints());
            OptionalLong newest = folder.newest();
            if (newest.isEmpty() || newest.getAsLong() == compared) {
                return Optional.empty();
            }
            SortedMap<TopicPartition, Long> offsets = SavedState.read(folder.path(newest.getAsLong()), job.line())
                    .offsets(job.formerSourceUid(order))
                    .offsets();
            if (ends == null && !ask(offsets.keySet())) {
                return Optional.empty();
            }
            Optional<DrainReport> report = compare(newest.getAsLong(), offsets);
            compared = newest.getAsLong();
            return report;
        } catch (IOException | UnreadableState e) {
            // Deleted meanwhile by a newer one, or files that do not answer: the next look finds out.
            LOG.warn("Not drained yet: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private boolean ask(Set<TopicPartition> partitions) {
        try (KafkaFacts kafka = new KafkaFacts(job.configuration().kafka())) {
            Fact<Map<TopicPartition, Long>> answer = kafka.ends(partitions);
            if (answer instanceof Fact.Known<Map<TopicPartition, Long>> known) {
                ends = known.value();
                LOG.info("Draining: the old job is to read up to {}", ends);
                return true;
            }
            LOG.warn("Not drained yet: end offsets cannot be read ({})", KafkaChecks.why(answer));
            return false;
        }
    }

    private Optional<DrainReport> compare(long checkpoint, SortedMap<TopicPartition, Long> offsets) {
        SortedMap<TopicPartition, Long> behind = SavepointOffsets.sorted(offsets);
        // A negative offset is a marker: no record of the partition was read yet.
        behind.replaceAll((partition, offset) -> Math.max(offset, 0));
        behind.entrySet().removeIf(each -> each.getValue() >= ends.getOrDefault(each.getKey(), 0L));
        Set<TopicPartition> unread = RecordGap.withRecords(job.configuration(), behind, ends);
        if (!unread.isEmpty()) {
            LOG.info("Draining: checkpoint {} is behind in {}", checkpoint, unread);
            return Optional.empty();
        }
        LOG.info("Drained with checkpoint {}", checkpoint);
        return Optional.of(
                new DrainReport(null, order.upgradeId(), jobId, checkpoint, offsets.size(), clock.instant()));
    }
}
