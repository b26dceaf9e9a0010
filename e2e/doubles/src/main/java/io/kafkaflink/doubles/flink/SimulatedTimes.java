package io.kafkaflink.doubles.flink;

import java.time.Duration;

/**
 * How long things take in a simulated Flink.
 *
 * @param podStart from the deploy until the JobManager's pod is available and its REST endpoint answers
 * @param submit from then until main() has submitted the job
 * @param initializing from the submission until tasks are being deployed
 * @param tasksStart from the submission until all tasks run
 * @param warmTasksStart the same with TaskManagers that are up
 * @param checkpointInterval between completed checkpoints
 * @param stop of a stop with savepoint
 * @param removal of a cluster
 * @param pullFailure until a missing image shows as ErrImagePull
 * @param handoverPoll how often main() looks at the handover ConfigMap
 */
public record SimulatedTimes(
        Duration podStart,
        Duration submit,
        Duration initializing,
        Duration tasksStart,
        Duration warmTasksStart,
        Duration checkpointInterval,
        Duration stop,
        Duration removal,
        Duration pullFailure,
        Duration handoverPoll) {

    /** As measured on one node with two cores. */
    public static SimulatedTimes real() {
        return new SimulatedTimes(
                Duration.ofSeconds(7),
                Duration.ofMillis(300),
                Duration.ofMillis(600),
                Duration.ofSeconds(8),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMillis(500));
    }

    /** Ten times faster. */
    public static SimulatedTimes rehearsal() {
        return new SimulatedTimes(
                Duration.ofMillis(700),
                Duration.ofMillis(30),
                Duration.ofMillis(60),
                Duration.ofMillis(800),
                Duration.ofMillis(300),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofMillis(50));
    }
}
