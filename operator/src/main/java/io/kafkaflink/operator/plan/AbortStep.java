package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.StepOutcome.Finish;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.Optional;

/** R1 Abort: the new job, which was never told to go, is taken away. An old job that was asked to stop is asked to run. */
final class AbortStep {
    private final HandOver handOver;

    AbortStep(HandOver handOver) {
        this.handOver = handOver;
    }

    StepOutcome outcome() {
        Optional<FlinkJobState> old = handOver.oldJob();
        if (old.filter(this::wasStopped).isPresent() && handOver.from().isPresent()) {
            return Write.one(new Action.ApplyFlinkDeployment(
                    handOver.oldSlot().orElseThrow(),
                    handOver.from().get(),
                    JobContext.keepingSavepoint(old.get(), JobRequest.running()),
                    old.get().resourceVersion(),
                    handOver.mark(UpgradeStep.ABORT),
                    "the stop is taken back: " + handOver.cause().text()));
        }
        Optional<FlinkJobState> job = handOver.newJob();
        if (job.isPresent()) {
            return job.get().deleting()
                    ? Wait.quiet(handOver.newName() + " goes")
                    : Write.one(new Action.DeleteFlinkDeployment(
                            handOver.newSlot(),
                            job.get().resourceVersion(),
                            handOver.cause().text()));
        }
        return handOver.said().isPresent()
                ? Write.one(new Action.DeleteHandover(handOver.newSlot(), handOver.newName() + " is gone"))
                : new Finish(result());
    }

    private boolean wasStopped(FlinkJobState old) {
        return !handOver.resumes()
                && !old.deleting()
                && "suspended".equals(old.desiredState())
                && !Completion.of(handOver.situation(), old);
    }

    private String result() {
        Cause cause = handOver.cause();
        return cause.rejects()
                ? Change.ABORTED
                : cause.reason().equals(Reasons.NEW_UIDS_NEEDED) ? Change.NEW_UIDS : Change.SUPERSEDED;
    }
}
