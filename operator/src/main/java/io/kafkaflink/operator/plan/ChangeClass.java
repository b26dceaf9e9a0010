package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Subscription;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a change of a deployed revision is.
 *
 * @param newUids uids that take the place of others, new by old; empty when all are kept
 * @param dropped uids whose state is left behind, committers included
 * @param irreversible there is no way back from state that the new job has written
 * @param drains the old job has to read on before the new one may read more partitions
 * @param movesState another state backend takes over, which reads savepoints of the old one but not its checkpoints
 */
record ChangeClass(
        ChangeKind kind,
        Map<String, String> newUids,
        List<String> dropped,
        boolean irreversible,
        boolean drains,
        boolean movesState) {

    static ChangeClass of(Revision from, Revision to) {
        return new ChangeClass(
                kind(from, to),
                newUids(from, to),
                LeftBehind.uids(Optional.of(from), to),
                VersionRules.irreversible(from, to),
                PartitionSet.drains(Optional.of(from), Optional.of(to)),
                !from.stateBackend().equals(to.stateBackend()));
    }

    private static ChangeKind kind(Revision from, Revision to) {
        if (from.name().equals(to.name())) {
            return ChangeKind.None;
        }
        boolean flink = !from.flinkVersion().equals(to.flinkVersion());
        boolean connector = !from.connectorVersion().equals(to.connectorVersion());
        if (flink || connector) {
            return flink && connector
                    ? ChangeKind.Combined
                    : flink ? ChangeKind.FlinkVersion : ChangeKind.ConnectorVersion;
        }
        if (!subscription(from).equals(subscription(to))) {
            return ChangeKind.Subscription;
        }
        if (from.parallelism() < to.parallelism() || PartitionSet.drains(Optional.of(from), Optional.of(to))) {
            return ChangeKind.Growth;
        }
        return newUids(from, to).isEmpty() ? ChangeKind.Configuration : ChangeKind.UidChange;
    }

    private static Optional<Subscription> subscription(Revision revision) {
        return Target.readable(revision)
                .map(JobConfiguration::source)
                .flatMap(source -> Optional.ofNullable(source.kafka()))
                .map(JobConfiguration.KafkaSource::subscription);
    }

    private static Map<String, String> newUids(Revision from, Revision to) {
        Map<String, String> changed = new TreeMap<>();
        if (!from.uids().source().equals(to.uids().source())) {
            changed.put(from.uids().source(), to.uids().source());
        }
        from.uids().sinks().forEach((sink, uid) -> {
            String next = to.uids().sinks().get(sink);
            if (next != null && !next.equals(uid)) {
                changed.put(uid, next);
            }
        });
        return changed;
    }

    /**
     * Only a handover can do it: a new uid needs the offsets of a stop savepoint, another backend that savepoint itself, and
     * FKO restores no part of a state.
     */
    boolean needsHandOver() {
        return !newUids.isEmpty()
                || !dropped.isEmpty()
                || kind == ChangeKind.Combined
                || kind == ChangeKind.FlinkVersion
                || kind == ChangeKind.ConnectorVersion
                || kind == ChangeKind.Subscription
                || drains
                || movesState;
    }
}
