package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;

/** What is deployed: told by the FlinkDeployment itself, so that a lost status loses nothing. */
final class Deployed {
    private Deployed() {}

    /** The revision that the FlinkDeployment carries, else the one that status remembers. */
    static Optional<Revision> revision(Situation situation, Slot slot) {
        Optional<String> name = situation
                .seen()
                .flinkJob(slot)
                .map(FlinkJobState::revision)
                .or(() -> Optional.ofNullable(situation.memory().deployed()).map(DeployedStatus::revision));
        return name.map(situation.seen().revisions()::get);
    }

    /** For status; the job id is that of the last job seen RUNNING, which savepoint names refer to. */
    static DeployedStatus remember(Situation situation, Slot slot) {
        DeployedStatus before = situation.memory().deployed();
        Optional<FlinkJobState> job = situation.seen().flinkJob(slot);
        Optional<Revision> revision = job.flatMap(found -> revision(situation, slot));
        if (revision.isEmpty()) {
            return before;
        }
        String jobId = job.filter(FlinkJobState::healthy)
                .map(FlinkJobState::jobId)
                .orElse(before == null ? null : before.jobId());
        return new DeployedStatus(
                revision.get().name(),
                revision.get().inputHash(),
                revision.get().uids(),
                revision.get().parallelism(),
                revision.get().flinkVersion(),
                revision.get().connectorVersion(),
                jobId,
                slot.deploymentName(situation.id()));
    }
}
