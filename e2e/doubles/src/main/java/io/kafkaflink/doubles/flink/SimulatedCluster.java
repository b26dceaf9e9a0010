package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.job.JobGraph;
import io.kafkaflink.doubles.job.Partition;
import io.kafkaflink.doubles.job.RecordFlow;
import io.kafkaflink.doubles.job.SavedState;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoOrder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** State of one simulated Flink cluster. */
final class SimulatedCluster {

    final Effect.Start start;
    final Behaviour behaviour;
    final String flinkVersion;
    final JobGraph graph;
    final RecordFlow flow;
    RuntimeFacts.JobManagerPod pod = RuntimeFacts.JobManagerPod.STARTING;
    Optional<RuntimeFacts.PodTrouble> trouble = Optional.empty();
    Optional<RuntimeFacts.StopOutcome> stop = Optional.empty();
    Optional<FlinkJobState> job = Optional.empty();
    Optional<RuntimeFacts.Failure> failure = Optional.empty();
    Optional<String> lastPath = Optional.empty();

    /** Savepoint that an armed job was told, which is in no FlinkDeployment. */
    Optional<String> told = Optional.empty();

    /** What main() last reported of an order. */
    Optional<ArmVerdict> verdict = Optional.empty();

    /** What main() watches of the old job. */
    Optional<Drain> drain = Optional.empty();

    /** The order that this job has started by. */
    Optional<GoOrder> go = Optional.empty();

    /** The first own checkpoint is still to be reported. */
    boolean verifies;

    /** When TaskManagers are there that were started before they were needed. */
    Optional<Instant> taskManagersUp = Optional.empty();

    long startTime;
    long checkpointId;
    boolean answers;
    boolean callsTimeOut;
    boolean broken;
    boolean barren;
    boolean stopping;

    /** Its Deployment is being deleted: whatever dies is not started again. */
    boolean leaving;

    /** Raised by whatever makes plans void. */
    int epoch;

    SimulatedCluster(Effect.Start start, Behaviour behaviour, String flinkVersion, JobGraph graph, RecordFlow flow) {
        this.start = start;
        this.behaviour = behaviour;
        this.barren = !behaviour.checkpoints();
        this.flinkVersion = flinkVersion;
        this.graph = graph;
        this.flow = flow;
    }

    /**
     * The old job is to read on.
     *
     * @param ends of its partitions, when the order was seen first
     */
    record Drain(ArmOrder order, Map<Partition, Long> ends, boolean reported) {}

    boolean is(FlinkJobState state) {
        return job.equals(Optional.of(state));
    }

    /** Nothing of the job goes on; what was planned for it is void. */
    void halt() {
        epoch++;
        drain = Optional.empty();
        flow.end();
    }

    boolean highAvailability() {
        return start.spec().highAvailability();
    }

    /** The job's own word on what it starts with. */
    boolean mayDrop(SavedState state) {
        var unclaimed = RecordFlow.unclaimed(state, graph);
        go.ifPresent(order -> unclaimed.removeAll(order.allowDropped()));
        return unclaimed.isEmpty() || start.spec().allowNonRestoredState();
    }

    RuntimeFacts.RestAnswer rest(Optional<String> jobId) {
        if (!answers) {
            return new RuntimeFacts.Silent(callsTimeOut);
        }
        if (job.isEmpty() || !jobId.equals(Optional.of(start.jobId()))) {
            return new RuntimeFacts.NoJob();
        }
        return new RuntimeFacts.Job(job.get(), startTime, failure, lastPath);
    }
}
