package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.PodTrouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a new job does not come up. Trouble may pass, as when an image arrives late; a failure does not. */
final class NewJobTrouble {
    private static final Set<String> OVER = Set.of("FAILED", "CANCELED", "FINISHED");
    /** FKO's way of saying that an armed job is not yet a Flink job (measured). */
    private static final String NOT_FOUND = "Job Not Found";

    private NewJobTrouble() {}

    /** What waiting does not cure. */
    static Optional<Cause> failure(HandOver handOver, FlinkJobState job) {
        if (job.error() != null && "ValidationException".equals(job.error().type())) {
            return Optional.of(new Cause(
                    Reasons.FLINK_SPEC_REFUSED,
                    handOver.newName() + " is refused by the Flink operator" + said(job)
                            + ". Change what it complains about in the spec"));
        }
        if (OVER.contains(String.valueOf(job.job())) && !Completion.of(handOver.situation(), job)) {
            return Optional.of(new Cause(
                    Reasons.JOB_FAILED,
                    handOver.newName() + ": the new job is " + job.job() + said(job)
                            + ". See the log of its JobManager and correct the cause"));
        }
        return Optional.empty();
    }

    /** The job that was told to go is not there any more. */
    static Optional<Cause> gone(HandOver handOver) {
        Optional<String> told = handOver.jobId();
        boolean there = handOver.newJob()
                .filter(job -> !job.deleting())
                .filter(job -> told.filter(id -> id.equals(job.jobId())).isPresent())
                .isPresent();
        return there
                ? Optional.empty()
                : Optional.of(new Cause(
                        Reasons.NEW_JOB_GONE,
                        "job " + told.orElse("(unknown)") + " of " + handOver.newName()
                                + " is gone: somebody deleted it in the middle of the upgrade"));
    }

    /** What may pass, shown at once. */
    static Optional<Refusal> of(HandOver handOver, FlinkJobState job) {
        List<PodTrouble> pods = handOver.situation().seen().podTroubles(handOver.newSlot());
        if (!pods.isEmpty()) {
            return Optional.of(Refusal.waiting(
                    pods.get(0).reason(),
                    handOver.newName() + ", pod " + pods.get(0).pod() + ": "
                            + pods.get(0).message()));
        }
        boolean late =
                handOver.situation().since(handOver.change().stepStartedAt()).compareTo(JobReading.ERROR_GRACE) > 0;
        boolean error = job.error() != null && !job.error().message().contains(NOT_FOUND);
        return "ERROR".equals(job.jobManager()) && error && late
                ? Optional.of(Refusal.waiting(
                        Reasons.JOB_NOT_STARTED,
                        handOver.newName() + ": the JobManager does not start" + said(job)
                                + ". Correct the spec, as in spec.flink.image"))
                : Optional.empty();
    }

    private static String said(FlinkJobState job) {
        return job.error() == null
                ? ""
                : ": " + job.error().type() + ": " + job.error().message();
    }
}
