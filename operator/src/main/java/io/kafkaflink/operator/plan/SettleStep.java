package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.StepOutcome.Finish;
import io.kafkaflink.operator.plan.StepOutcome.Wait;
import io.kafkaflink.operator.plan.StepOutcome.Write;
import java.util.List;
import java.util.Optional;

/** Step 5 Settle: the new FlinkDeployment becomes like any other, and the old one goes; its savepoint stays in the ledger. */
final class SettleStep {
    private final HandOver handOver;

    SettleStep(HandOver handOver) {
        this.handOver = handOver;
    }

    StepOutcome outcome() {
        Optional<FlinkJobState> job = handOver.newJob();
        if (job.filter(found -> !found.deleting() && !FlinkDeployments.savepointOnDeletion(found.spec()))
                        .isPresent()
                && handOver.to().isPresent()) {
            return keep(job.get(), handOver.to().get());
        }
        Optional<FlinkJobState> old = handOver.oldJob();
        if (old.isPresent()) {
            return old.get().deleting()
                    ? Wait.quiet(handOver.oldName() + " goes")
                    : Write.one(new Action.DeleteFlinkDeployment(
                            handOver.oldSlot().orElseThrow(),
                            old.get().resourceVersion(),
                            "upgrade " + handOver.change().id() + " is verified"));
        }
        if (handOver.oldSlot()
                .flatMap(slot -> handOver.situation().seen().handover(slot))
                .isPresent()) {
            return Write.one(new Action.DeleteHandover(handOver.oldSlot().get(), handOver.oldName() + " is gone"));
        }
        // What Flink's own signals have proven FKO says up to half a minute later (measured).
        boolean told = job.filter(found -> !found.healthy()).isEmpty() || Completion.ofNew(handOver);
        return told || handOver.overdue(handOver.situation().startTimeout())
                ? new Finish(Change.SUCCEEDED)
                : Wait.quiet(handOver.newName() + " is verified; the Flink operator has yet to say RUNNING");
    }

    private StepOutcome keep(FlinkJobState job, Revision to) {
        Action apply = new Action.ApplyFlinkDeployment(
                handOver.newSlot(),
                to,
                JobContext.keepingSavepoint(job, JobRequest.running()),
                job.resourceVersion(),
                handOver.mark(UpgradeStep.SETTLE),
                "from now on its deletion takes a savepoint");
        Action store = new Action.StoreRevision(to, handOver.situation().owning(), "revision " + to.name());
        boolean stored = handOver.situation().seen().revisions().containsKey(to.name());
        return new Write(stored ? List.of(apply) : List.of(store, apply), apply.why());
    }
}
