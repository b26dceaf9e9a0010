package io.kafkaflink.doubles.job;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Documents that a simulated job writes into the handover ConfigMap. */
public final class HandoverReports {
    private static final String REPEATED_OUTPUT = "RepeatedOutput";

    private final JobGraph graph;
    private final String jobId;
    private final String flinkVersion;
    private final HandoverScript script;

    /** Documents of one job. */
    public HandoverReports(JobGraph graph, String jobId, String flinkVersion, HandoverScript script) {
        this.graph = graph;
        this.jobId = jobId;
        this.flinkVersion = flinkVersion;
        this.script = script;
    }

    /**
     * The verdict of an armed job.
     *
     * @param newest state of the old job that the order names; empty when it names none or one that is gone
     */
    public ArmVerdict armed(ArmOrder order, Optional<SavedState> newest, Instant now) {
        SavedState state = newest.orElse(SavedState.NONE);
        Set<String> dropped = RecordFlow.unclaimed(state, graph);
        Set<String> restored = new TreeSet<>(graph.uids());
        restored.retainAll(state.uids());
        Set<String> added = new TreeSet<>(graph.uids());
        added.removeAll(state.uids());
        List<Reason> reasons = new ArrayList<>(script.reasons());
        Verdict verdict = Verdict.Fit;
        if (!order.expectedDropped().containsAll(dropped)) {
            verdict = Verdict.Dropping;
            reasons.add(Reason.of(
                    "DroppedState", "state of " + dropped + " is left behind, expected " + order.expectedDropped()));
        }
        return new ArmVerdict(
                null,
                jobId,
                order.revision(),
                script.verdict().orElse(verdict),
                reasons,
                new ArmVerdict.Operators(List.copyOf(restored), List.copyOf(dropped), List.copyOf(added)),
                flinkVersion,
                "simulated",
                now);
    }

    /**
     * The old job has read on.
     *
     * @param ends of its partitions, when this job was told to watch
     * @param checkpoint its newest one
     */
    public Optional<DrainReport> drained(
            ArmOrder order, Map<Partition, Long> ends, SavedState checkpoint, Instant now) {
        boolean behind = ends.entrySet().stream()
                .anyMatch(end -> checkpoint.offsets().getOrDefault(end.getKey(), 0L) < end.getValue());
        return behind
                ? Optional.empty()
                : Optional.of(
                        new DrainReport(null, order.upgradeId(), jobId, checkpoint.checkpointId(), ends.size(), now));
    }

    /** Decides about a go; {@code state} is empty when the path cannot be read. */
    public GoResult result(GoOrder go, Optional<SavedState> state, SimulatedKafka kafka, Instant now) {
        List<Reason> reasons = new ArrayList<>();
        script.refusal().ifPresent(reasons::add);
        if (go.savepoint() != null && state.isEmpty()) {
            reasons.add(Reason.of("SavepointUnreadable", "found nothing at " + go.savepoint()));
        }
        SavedState saved = state.orElse(SavedState.NONE);
        Set<String> dropped = RecordFlow.unclaimed(saved, graph);
        dropped.removeAll(go.allowDropped());
        if (!dropped.isEmpty()) {
            reasons.add(Reason.of("DroppedState", "state of " + dropped + " would be left behind"));
        }
        reasons.addAll(expired(saved, go, kafka));
        boolean refused = !reasons.isEmpty();
        GoResult.Offsets offsets = offsets(saved, kafka);
        if (!refused && go.offsets() == GoOrder.Offsets.Savepoint) {
            kafka.commit(graph.group(), saved.offsets());
        }
        return new GoResult(
                null,
                go.upgradeId(),
                jobId,
                refused ? GoResult.Outcome.Refused : GoResult.Outcome.Started,
                reasons,
                offsets,
                0,
                go.savepoint(),
                saved.sourceUid(),
                saved.checkpointId(),
                null,
                now);
    }

    /**
     * The result of a start whose place the Flink operator chose.
     *
     * @param abandoned work of a job that was deleted for this one, empty when it left none that counts
     */
    public GoResult told(String path, Optional<String> abandoned, ArmOrder order, Instant now) {
        List<Reason> reasons = abandoned
                .map(newer -> new Reason(
                        REPEATED_OUTPUT,
                        "found " + newer + " of job " + order.abandoned().jobId() + ", expected that it left nothing",
                        repeatedOutput(order)))
                .filter(reason -> !order.acknowledged().contains(reason.acknowledge()))
                .map(List::of)
                .orElse(List.of());
        return new GoResult(
                null,
                null,
                jobId,
                reasons.isEmpty() ? GoResult.Outcome.Started : GoResult.Outcome.Refused,
                reasons,
                null,
                0,
                path,
                null,
                0,
                reasons.isEmpty() ? null : abandoned.orElseThrow(),
                now);
    }

    private static Acknowledgement repeatedOutput(ArmOrder order) {
        return new Acknowledgement(REPEATED_OUTPUT, order.abandoned().upgradeId());
    }

    /** What the first own checkpoint holds. */
    public Verification verified(String upgradeId, SavedState checkpoint, int parallelism, Instant now) {
        int partitions = checkpoint.offsets().size();
        return new Verification(
                null,
                upgradeId,
                jobId,
                checkpoint.checkpointId(),
                partitions,
                (partitions + parallelism - 1) / Math.max(1, parallelism),
                script.mismatch().isPresent() ? Verification.Outcome.Failed : Verification.Outcome.Verified,
                script.mismatch().map(List::of).orElse(List.of()),
                now);
    }

    /** There was none in time. */
    public Verification unverified(String upgradeId, Instant now) {
        return new Verification(
                null,
                upgradeId,
                jobId,
                0,
                0,
                0,
                Verification.Outcome.Failed,
                List.of(Reason.of("NoCheckpoint", "no checkpoint was completed in time")),
                now);
    }

    private static List<Reason> expired(SavedState saved, GoOrder go, SimulatedKafka kafka) {
        return saved.offsets().entrySet().stream()
                .filter(each -> kafka.beginning(each.getKey()) > each.getValue())
                .limit(1)
                .map(each -> new Reason(
                        "RecordsExpired",
                        each.getKey() + " begins at " + kafka.beginning(each.getKey()) + " instead of "
                                + each.getValue(),
                        new Acknowledgement("RecordsExpired", each.getKey() + " " + each.getValue())))
                .filter(reason -> !go.acknowledged().contains(reason.acknowledge()))
                .toList();
    }

    private GoResult.Offsets offsets(SavedState saved, SimulatedKafka kafka) {
        List<GoResult.Deviation> deviations = new ArrayList<>();
        saved.offsets().forEach((partition, offset) -> {
            Long group = kafka.committed(graph.group(), partition).orElse(null);
            if (group == null || group < offset) {
                deviations.add(new GoResult.Deviation(partition.topic(), partition.number(), offset, group));
            }
        });
        return new GoResult.Offsets(
                kafka.subscribed(graph).size(), saved.offsets().size(), deviations.size(), null, deviations);
    }
}
