package io.kafkaflink.job.handover;

import io.kafkaflink.job.kafka.KafkaSources;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks against real files and a real Kafka. */
record JobChecks(NewJob job, Clock clock) implements Checks {
    private static final Logger LOG = LoggerFactory.getLogger(JobChecks.class);

    @Override
    public ArmVerdict armed(ArmOrder order, String jobId) {
        return new ArmedChecks(job).verdict(order, jobId, clock.instant());
    }

    @Override
    public DrainWatch drain(ArmOrder order, String jobId) {
        return new OldJobDrain(job, order, jobId, clock);
    }

    @Override
    public Decision go(ArmOrder order, GoOrder go) {
        return new GoChecks(job, order, go).decide(clock.instant());
    }

    @Override
    public List<Finding> told(String path, Collection<Acknowledgement> accepted) {
        return new ToldChecks(job).findings(path, accepted);
    }

    @Override
    public Optional<String> newerState(ArmOrder.Abandoned abandoned, String path) throws IOException {
        return AbandonedWork.of(abandoned, job.flink()).after(path, job.line());
    }

    @Override
    public GoResult startedBefore(ArmOrder order, GoOrder go) {
        return new GoResult(
                null,
                go.upgradeId(),
                go.jobId(),
                GoResult.Outcome.Started,
                List.of(Reason.of(
                        "StartedBefore", "This job already has a checkpoint; its checks are not kept any more")),
                null,
                0,
                go.savepoint(),
                go.savepoint() == null ? null : job.formerSourceUid(order),
                0,
                null,
                clock.instant());
    }

    @Override
    public Expectation expectation(GoOrder go, GoResult result) {
        SortedMap<TopicPartition, Long> starts = SavepointOffsets.sorted(Map.of());
        if (go.savepoint() != null && go.offsets() == GoOrder.Offsets.Savepoint) {
            try {
                starts.putAll(SavedState.read(go.savepoint(), job.line())
                        .offsets(formerSourceUid(result))
                        .offsets());
                starts.replaceAll((partition, offset) -> offset < 0 ? SavepointOffsets.EARLIEST : offset);
                starts.keySet().removeIf(partition -> job.source()
                        .map(source -> !source.subscription().reads(partition.topic(), partition.partition()))
                        .orElse(true));
            } catch (UnreadableState e) {
                LOG.warn("{}; the first checkpoint is not compared with it", e.getMessage());
            }
        }
        return new Expectation(
                go.upgradeId(), result.checkpointId(), job.sourceUid(), starts, job.ends(), job.sharesSubtasks());
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka deprecates its enum; the connector takes no other.
    public StartPlan plan(GoOrder go, GoResult result) {
        Optional<OffsetsInitializer> offsets =
                switch (go.offsets()) {
                    case Savepoint ->
                        job.source()
                                .map(source -> new SavepointStart(
                                        go.savepoint(),
                                        formerSourceUid(result),
                                        KafkaSources.startingOffsets(source.startingOffsets()),
                                        UnknownPartition.of(source)));
                    case Group -> Optional.of(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
                    case StartingOffsets -> Optional.empty();
                };
        return new StartPlan(
                Optional.ofNullable(go.savepoint()), !go.allowDropped().isEmpty(), offsets);
    }

    @Override
    public Optional<CheckpointFolder> checkpoints(String jobId) {
        return CheckpointFolder.of(job.flink(), jobId);
    }

    /** A result of an older job does not name it. */
    private String formerSourceUid(GoResult result) {
        return result.sourceUid() == null ? job.sourceUid() : result.sourceUid();
    }
}
