package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;

/**
 * The end of a job whose source has one: all is read and written, and Flink has deleted its state. Nothing runs and nothing
 * is to run; a write to its FlinkDeployment could have FKO start it again from a checkpoint that is gone.
 */
final class Completion {
    private static final String FINISHED = "FINISHED";

    private Completion() {}

    /** The job of this revision finishes by itself. */
    static boolean awaits(Revision revision) {
        return Target.readable(revision)
                .map(JobConfiguration::source)
                .filter(JobConfiguration.Source::ends)
                .isPresent();
    }

    /** As above, of the revision that a FlinkDeployment holds; when it is gone from the store, the spec tells. */
    static boolean awaits(Situation situation, FlinkJobState job) {
        return Optional.ofNullable(job.revision())
                .map(situation.seen().revisions()::get)
                .map(Completion::awaits)
                .orElseGet(() -> situation.spec().source().ends());
    }

    /**
     * The job has come to its end. One that was stopped is FINISHED too, but leaves a savepoint; a stop that comes too late
     * leaves none.
     */
    static boolean of(Situation situation, FlinkJobState job) {
        boolean over = FINISHED.equals(job.job()) && job.jobId() != null && !job.untouched() && !job.deleting();
        boolean itself = job.suspended() || (!job.heldStopped() && "DEPLOYED".equals(job.reconciliation()));
        boolean stopped = job.stopSavepoint()
                .filter(path -> StatePath.of(path, job.jobId()))
                .isPresent();
        return over && itself && !stopped && awaits(situation, job);
    }

    /** The state of a job of elsewhere says where that one ends, or that it does not. */
    static Optional<Refusal> restored(Situation situation) {
        return RestoredState.of(situation)
                .filter(state -> situation.spec().source().ends())
                .map(state -> Refusal.stalled(
                        Reasons.END_FIXED,
                        "spec.state.restoreFrom: found " + state.savepoint() + " with a source that has an end; where"
                                + " reading ends is part of that state. Remove it, or read without an end"));
    }

    /** The job that is taken over from has come to its end meanwhile. */
    static boolean ofOld(HandOver handOver) {
        return handOver.oldJob().filter(old -> of(handOver.situation(), old)).isPresent();
    }

    /** The job that takes over has come to its end already. */
    static boolean ofNew(HandOver handOver) {
        return handOver.newJob()
                .filter(job -> of(handOver.situation(), job))
                .filter(job -> handOver.jobId().filter(job.jobId()::equals).isPresent())
                .isPresent();
    }
}
