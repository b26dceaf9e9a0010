package io.kafkaflink.job.handover;

import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** What a new job finds out when the old one has stopped; every refusal comes before anything is written to Kafka. */
final class GoChecks {
    private final NewJob job;
    private final ArmOrder order;
    private final GoOrder go;
    private final String jobId;
    private final List<Finding> findings = new ArrayList<>();
    private GoResult.Offsets offsets = GoResult.Offsets.NONE;
    private SortedMap<TopicPartition, Long> starts = SavepointOffsets.sorted(Map.of());
    private int openTransactions;
    private long savepointId;

    GoChecks(NewJob job, ArmOrder order, GoOrder go) {
        this.job = job;
        this.order = order;
        this.go = go;
        this.jobId = go.jobId();
    }

    Checks.Decision decide(Instant now) {
        try {
            SavepointOffsets saved = go.savepoint() == null ? SavepointOffsets.NONE : state();
            if (!refused() && job.usesKafka()) {
                try (KafkaFacts kafka = new KafkaFacts(job.configuration().kafka())) {
                    transactions(kafka);
                    if (job.source().isPresent()) {
                        source(kafka, saved);
                    }
                }
            }
        } catch (UnreadableState e) {
            findings.add(Finding.unfit(
                    "SavepointUnreadable", e.getMessage() + "; check the job's access to the folder of savepoints"));
        }
        GoResult result = new GoResult(
                null,
                go.upgradeId(),
                jobId,
                refused() ? GoResult.Outcome.Refused : GoResult.Outcome.Started,
                Finding.reasons(findings),
                offsets,
                openTransactions,
                go.savepoint(),
                go.savepoint() == null ? null : job.formerSourceUid(order),
                savepointId,
                null,
                now);
        return new Checks.Decision(
                result,
                new Expectation(
                        go.upgradeId(), savepointId, job.sourceUid(), starts, job.ends(), job.sharesSubtasks()));
    }

    /** State left behind without leave makes the start fail, so that Dropping is a refusal here. */
    private boolean refused() {
        return findings.stream()
                .anyMatch(finding -> finding.severity() == Verdict.Unfit || finding.severity() == Verdict.Dropping);
    }

    private SavepointOffsets state() throws UnreadableState {
        SavedState state = SavedState.read(go.savepoint(), job.line());
        savepointId = state.checkpointId();
        GraphComparison comparison =
                GraphComparison.of(job.uids(), job.maxParallelism(), state.operators(), NewJob.formerUids(order));
        findings.addAll(GraphChecks.comparison(comparison, job.maxParallelism(), go.allowDropped(), go.acknowledged()));
        findings.addAll(new NamingChecks(job, order).findings(state));
        findings.addAll(GraphChecks.subscription(job, state.offsets(job.sourceUid())));
        return state.offsets(job.formerSourceUid(order));
    }

    /** After a clean stop there are none; one that is still open would be aborted by a sink that does not know of it. */
    private void transactions(KafkaFacts kafka) {
        Map<String, String> prefixes = new TreeMap<>();
        job.exactlyOnceSinks().forEach((name, sink) -> prefixes.put(name, sink.transactionalIdPrefix()));
        if (prefixes.isEmpty()) {
            return;
        }
        List<String> renewed = order.from() == null ? List.of() : job.sinksWithNewUid(order.from());
        Set<String> waitedFor = Set.copyOf(renewed.stream()
                .filter(prefixes::containsKey)
                .map(prefixes::get)
                .toList());
        Fact<Map<String, String>> open = new OpenTransactions(kafka).awaitNone(prefixes.values(), waitedFor);
        if (open instanceof Fact.Known<Map<String, String>> known) {
            openTransactions = known.value().size();
            known.value().keySet().stream()
                    .filter(id -> waitedFor.stream().anyMatch(id::startsWith))
                    .findFirst()
                    .ifPresent(
                            id -> findings.add(
                                    Finding.unfit(
                                            "OpenTransactions",
                                            "Transactional id " + id + ": found state "
                                                    + known.value().get(id)
                                                    + ", expected no open transaction before the uid of a sink changes; its records would"
                                                    + " be lost. Start the old job again with the old uid, let it commit, then repeat")));
        } else if (!waitedFor.isEmpty()) {
            findings.add(Finding.unfit(
                    "TransactionsUnknown",
                    "Open transactions of sinks " + renewed + " cannot be listed (" + KafkaChecks.why(open)
                            + "); that takes Kafka 3.0 or newer and a reachable broker"));
        }
    }

    private void source(KafkaFacts kafka, SavepointOffsets saved) {
        StartingOffsets configured = job.source().orElseThrow().startingOffsets();
        String group = job.source().orElseThrow().groupId();
        boolean takesOver = go.offsets() == GoOrder.Offsets.Savepoint;
        if (takesOver && saved.offsets().isEmpty() && !job.ends()) {
            findings.add(Finding.unfit(
                    "NoSourceState",
                    "Savepoint " + go.savepoint() + ": found no offsets of source " + job.formerSourceUid(order)
                            + "; expected its partitions. Name the uid that the source had"));
            return;
        }
        Partitions all = Partitions.ask(kafka, job, findings);
        if (all == null) {
            return;
        }
        Partitions partitions = takesOver && job.ends() ? all.unread(saved) : all;
        Fact<Map<TopicPartition, Long>> committed = kafka.groupOffsets(group);
        if (!(committed instanceof Fact.Known)) {
            findings.add(Finding.unknown(
                    "GroupOffsetsUnknown",
                    "Consumer group " + group + ": its offsets cannot be read (" + KafkaChecks.why(committed)
                            + "), so that they are not repaired; the job starts from the savepoint's"));
        }
        Map<TopicPartition, Long> groupOffsets =
                committed instanceof Fact.Known<Map<TopicPartition, Long>> known ? known.value() : Map.of();
        OffsetChecks checks = new OffsetChecks(
                saved,
                groupOffsets,
                partitions.beginnings(),
                partitions.ends(),
                configured.resetStrategy(),
                UnknownPartition.of(job.source().orElseThrow()));
        starts = checks.least();
        switch (go.offsets()) {
            case Savepoint -> fromSavepoint(kafka, checks, group, committed instanceof Fact.Known);
            case Group -> fromGroup(checks);
            case StartingOffsets -> {
                if (configured.mode() == StartingOffsets.Mode.Committed) {
                    findings.addAll(checks.range(checks.committed(), go.acknowledged()));
                }
                findings.addAll(SpecificOffsets.outside(configured.offsets(), partitions));
                offsets = checks.report(0);
            }
        }
    }

    private void fromSavepoint(KafkaFacts kafka, OffsetChecks checks, String group, boolean groupKnown) {
        SortedMap<TopicPartition, Long> ahead = checks.groupAhead();
        SortedMap<TopicPartition, Long> to = SavepointOffsets.sorted(checks.group());
        to.keySet().retainAll(ahead.keySet());
        Collection<TopicPartition> movedOver = RecordGap.withRecords(job.configuration(), ahead, to);
        findings.addAll(checks.findings(movedOver, go.acknowledged()));
        offsets = checks.report(0);
        if (!refused() && groupKnown) {
            repair(kafka, group, checks);
        }
    }

    private void repair(KafkaFacts kafka, String group, OffsetChecks checks) {
        SortedMap<TopicPartition, Long> repairs = checks.repairs();
        if (repairs.isEmpty()) {
            return;
        }
        Fact<Void> answer = kafka.repair(group, repairs);
        boolean repaired = answer instanceof Fact.Known
                && kafka.groupOffsets(group) instanceof Fact.Known<Map<TopicPartition, Long>> again
                && again.value().entrySet().containsAll(repairs.entrySet());
        if (repaired) {
            offsets = checks.report(repairs.size());
        } else {
            findings.add(Finding.unknown(
                    "GroupNotRepaired",
                    "Consumer group " + group + ": " + repairs.size() + " offsets could not be set ("
                            + KafkaChecks.why(answer) + "); the job starts from the savepoint's, lag tools show the"
                            + " group's until it commits"));
        }
    }

    /** The documented procedure, which repeats what the last commit lacks. */
    private void fromGroup(OffsetChecks checks) {
        Acknowledgement needed = new Acknowledgement("GroupOffsets", go.upgradeId());
        if (!go.acknowledged().contains(needed)) {
            findings.add(new Finding(
                    Verdict.Unfit,
                    new Reason(
                            "GroupOffsets",
                            "A start from the consumer group's offsets repeats records: they lag behind the savepoint"
                                    + " after almost every stop",
                            needed)));
        }
        findings.addAll(checks.range(checks.committed(), go.acknowledged()));
        offsets = checks.report(0);
    }
}
