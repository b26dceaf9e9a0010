package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;

/**
 * What an operator that no longer led has written into the free slot after its upgrade had ended. The job of such a
 * FlinkDeployment waits for an order that nobody gives.
 */
final class Leftover {
    private Leftover() {}

    /** The FlinkDeployment in a slot was only ever armed. */
    static boolean isArmedOnly(FlinkJobState job) {
        return job.mark()
                        .filter(mark -> UpgradeStep.ARM.text().equals(mark.step()))
                        .isPresent()
                && !job.running()
                && !FlinkDeployments.savepointOnDeletion(job.spec());
    }

    /** What puts it away; empty when there is nothing, or it goes already. */
    static Optional<Action> removal(Situation situation, Slot current) {
        Slot free = current.other();
        Optional<FlinkJobState> job = situation.seen().flinkJob(free);
        if (job.isPresent()) {
            return job.filter(found -> !found.deleting())
                    .map(found -> new Action.DeleteFlinkDeployment(
                            free, found.resourceVersion(), "it is left over from an upgrade that has ended"));
        }
        return situation.seen().handover(free).isPresent()
                ? Optional.of(new Action.DeleteHandover(free, "it is left over from an upgrade that has ended"))
                : Optional.empty();
    }

    /** Neither is a leftover. */
    static Refusal twoJobs(Situation situation) {
        return Refusal.stalled(
                Reasons.SECOND_FLINK_DEPLOYMENT,
                "FlinkDeployment " + Slot.A.deploymentName(situation.id()) + " and "
                        + Slot.B.deploymentName(situation.id()) + " in namespace "
                        + situation.id().namespace() + " exist both, and two jobs would write everything twice; this"
                        + " operator uses one. Finish with the version of the operator that made the second, or delete"
                        + " the one whose job is stopped");
    }
}
