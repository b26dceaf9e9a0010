package io.kafkaflink.doubles.job;

import io.kafkaflink.model.handover.GoOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one job reads and writes: everything there is as long as its tasks run, with output that only a completed checkpoint
 * lets out. Group offsets follow a checkpoint, but not the savepoint of a stop: so it was measured, in 13 of 13 stops.
 */
public final class RecordFlow {
    private final SimulatedKafka kafka;
    private final JobGraph graph;
    private final String jobId;
    private final Map<Partition, Long> next = new TreeMap<>();

    /** A job that has not read anything yet. */
    public RecordFlow(SimulatedKafka kafka, JobGraph graph, String jobId) {
        this.kafka = kafka;
        this.graph = graph;
        this.jobId = jobId;
    }

    /** Uids in a state that this job has no operator for; Flink starts with them only when told to leave them behind. */
    public static Set<String> unclaimed(SavedState state, JobGraph graph) {
        Set<String> unclaimed = new TreeSet<>(state.uids());
        unclaimed.removeAll(graph.uids());
        return unclaimed;
    }

    /**
     * The job starts.
     *
     * @param offsets where partitions are read from of which its state says nothing; empty means as configured, from the
     *     beginning
     */
    public void restore(SavedState state, Optional<GoOrder.Offsets> offsets) {
        next.clear();
        boolean own = Objects.equals(state.sourceUid(), graph.sourceUid());
        for (Partition partition : kafka.subscribed(graph)) {
            long start = kafka.beginning(partition);
            if (own || offsets.equals(Optional.of(GoOrder.Offsets.Savepoint))) {
                start = state.offsets().getOrDefault(partition, start);
            } else if (offsets.equals(Optional.of(GoOrder.Offsets.Group))) {
                start = kafka.committed(graph.group(), partition).orElse(start);
            }
            next.put(partition, Math.max(start, kafka.beginning(partition)));
        }
    }

    /** Tasks run. */
    public void begin() {
        if (!graph.topics().isEmpty()) {
            kafka.enter(graph.group(), jobId);
        }
    }

    /** No task runs any more; what is not in a checkpoint was never there. */
    public void end() {
        kafka.leave(graph.group(), jobId);
    }

    /** A checkpoint of all that was read until now is completed. */
    public SavedState checkpoint(long id) {
        SavedState state = savepoint(id);
        kafka.commit(graph.group(), state.offsets());
        return state;
    }

    /** A stop with savepoint is completed. */
    public SavedState savepoint(long id) {
        Map<Partition, Long> before = Map.copyOf(next);
        for (Partition partition : kafka.subscribed(graph)) {
            long from = next.computeIfAbsent(partition, kafka::beginning);
            long to = Math.max(from, kafka.end(partition));
            if (to > from) {
                kafka.readsOn(jobId, partition, before);
            }
            kafka.write(graph.group(), jobId, partition, from, to);
            next.put(partition, to);
        }
        return new SavedState(id, graph.sourceUid(), next, graph.uids());
    }

    /** Partitions that are read. */
    public List<Partition> partitions() {
        return List.copyOf(next.keySet());
    }
}
