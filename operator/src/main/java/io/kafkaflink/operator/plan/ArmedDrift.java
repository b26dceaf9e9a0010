package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody has edited the FlinkDeployment whose job waits to go. Once the job runs, FKO would stop it for that edit and start
 * another one: it is taken back while there is no go.
 */
final class ArmedDrift {
    private static final Set<UpgradeStep> BEFORE_GO =
            Set.of(UpgradeStep.ARM, UpgradeStep.DRAIN, UpgradeStep.STOP, UpgradeStep.GO);

    private ArmedDrift() {}

    static Optional<Action> of(HandOver handOver) {
        Optional<UpgradeStep> step = UpgradeStep.of(handOver.change().step()).filter(BEFORE_GO::contains);
        if (step.isEmpty() || handOver.go().isPresent()) {
            return Optional.empty();
        }
        return handOver.to().flatMap(to -> handOver.newJob()
                .filter(job -> !job.deleting() && to.name().equals(job.revision()))
                .flatMap(job -> undo(handOver, step.get(), to, job)));
    }

    private static Optional<Action> undo(HandOver handOver, UpgradeStep step, Revision to, FlinkJobState job) {
        JobRequest asked = JobContext.keepingSavepoint(job, JobRequest.running().withoutSavepointOnDeletion());
        return SpecDifference.between(FlinkDeployments.spec(to, asked), job.spec())
                .map(difference -> new Action.ApplyFlinkDeployment(
                        handOver.newSlot(),
                        to,
                        asked,
                        job.resourceVersion(),
                        handOver.mark(step),
                        "drift: " + difference));
    }
}
