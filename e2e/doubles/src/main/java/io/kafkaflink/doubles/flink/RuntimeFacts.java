package io.kafkaflink.doubles.flink;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be seen of one Flink cluster at one moment.
 *
 * @param trouble why the JobManager's pod does not start, if it does not
 * @param haMetadata whether the job's high-availability ConfigMap exists
 * @param deployed generation of the FlinkDeployment that the JobManager's Deployment is annotated with; empty when there is
 *     none, or when it is being deleted
 * @param stop result of the last stop with savepoint, until the cluster is deployed anew
 */
public record RuntimeFacts(
        JobManagerPod jobManager,
        Optional<PodTrouble> trouble,
        RestAnswer rest,
        boolean haMetadata,
        OptionalLong deployed,
        Optional<StopOutcome> stop,
        String flinkVersion) {

    /** State of the JobManager's Kubernetes Deployment. */
    public enum JobManagerPod {
        /** Neither Deployment nor pods are left. */
        ABSENT,
        /** The Deployment is there, its pod is not available. */
        STARTING,
        /** The pod is available. */
        AVAILABLE
    }

    /** A waiting reason of the pod, for example {@code ErrImagePull}. */
    public record PodTrouble(String reason, String message) {}

    /** Answer of the JobManager's REST endpoint to "what about the job with this id". */
    public sealed interface RestAnswer {}

    /**
     * No answer.
     *
     * @param timesOut the call hangs until its time-out even if the endpoint comes back meanwhile; else it is answered
     *     as soon as the endpoint is back
     */
    public record Silent(boolean timesOut) implements RestAnswer {}

    /** The JobManager answers and knows no such job: not submitted yet, or main() has not come to it. */
    public record NoJob() implements RestAnswer {}

    /**
     * The job is known.
     *
     * @param failure cause of FAILED
     * @param lastCheckpoint path of the newest completed checkpoint or savepoint of this job
     */
    public record Job(FlinkJobState state, long startTime, Optional<Failure> failure, Optional<String> lastCheckpoint)
            implements RestAnswer {}

    /** An exception with its cause. */
    public record Failure(String message, Optional<String> cause) {}

    /** How a stop with savepoint ended. */
    public sealed interface StopOutcome {}

    /** The savepoint is complete and the job has finished. */
    public record Stopped(String savepoint) implements StopOutcome {}

    /** No savepoint; the job runs on. */
    public record NotStopped(String message) implements StopOutcome {}
}
