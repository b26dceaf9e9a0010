package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;

/** A pipeline whose job has come to its end: nothing is written any more, and only an acknowledgement has it start anew. */
final class CompletedJob {
    private final JobContext context;
    private final FlinkJobState job;

    CompletedJob(JobContext context, FlinkJobState job) {
        this.context = context;
        this.job = job;
    }

    JobDecision decide(JobDecision now) {
        Optional<Revision> wanted = context.wanted();
        if (wanted.isEmpty()) {
            return context.unwanted(now);
        }
        if (wanted.get().name().equals(job.revision())) {
            JobDecision settled =
                    now.closed(Change.SUPERSEDED, null, context.situation().now());
            return context.situation().seen().revisions().containsKey(job.revision())
                    ? settled
                    : settled.with(context.store(wanted.get()));
        }
        return context.situation().accepted(Risk.FreshStart, job.jobId())
                ? new JobRepair(context, job, wanted.get()).afresh(now)
                : now.closed(Change.SUPERSEDED, null, context.situation().now()).refused(refusal());
    }

    private Refusal refusal() {
        return Refusal.consent(
                Reasons.COMPLETED_JOB_CHANGED,
                context.situation().reference() + ": the spec was changed, and job " + job.jobId()
                        + " has read everything up to its end and is gone with its state, so that nothing can take over"
                        + " from it. Set the spec back, or create another pipeline; a start without state reads from"
                        + " startingOffsets, which repeats records unless these begin where this job ended",
                Risk.FreshStart,
                job.jobId());
    }
}
