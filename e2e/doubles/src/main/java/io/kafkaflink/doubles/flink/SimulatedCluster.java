package io.kafkaflink.doubles.flink;

import java.util.Optional;

/** State of one simulated Flink cluster. */
final class SimulatedCluster {

    final Effect.Start start;
    final Behaviour behaviour;
    final String flinkVersion;
    RuntimeFacts.JobManagerPod pod = RuntimeFacts.JobManagerPod.STARTING;
    Optional<RuntimeFacts.PodTrouble> trouble = Optional.empty();
    Optional<RuntimeFacts.StopOutcome> stop = Optional.empty();
    Optional<FlinkJobState> job = Optional.empty();
    Optional<RuntimeFacts.Failure> failure = Optional.empty();
    Optional<String> lastPath = Optional.empty();

    /** Savepoint that an armed job was told, which is in no resource. */
    Optional<String> told = Optional.empty();

    long startTime;
    long checkpointId;
    boolean answers;
    boolean callsTimeOut;
    boolean broken;
    boolean gone;

    /** Raised by whatever makes plans void. */
    int epoch;

    SimulatedCluster(Effect.Start start, Behaviour behaviour, String flinkVersion) {
        this.start = start;
        this.behaviour = behaviour;
        this.flinkVersion = flinkVersion;
    }

    boolean is(FlinkJobState state) {
        return job.equals(Optional.of(state));
    }

    boolean highAvailability() {
        return start.spec().highAvailability();
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
