package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.PlanStatus;
import io.kafkaflink.operator.api.v1alpha1.RejectedStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.util.List;

/** The part of status that later decisions read. Null where there is nothing to remember. */
public record Memory(
        DeployedStatus deployed,
        UpgradeStatus upgrade,
        LastUpgradeStatus lastUpgrade,
        List<TopicStatus> topics,
        List<SavepointStatus> savepoints,
        String groupId,
        String bootstrapServers,
        RejectedStatus rejected,
        PlanStatus plan,
        String lastHandledRequest) {
    public Memory {
        topics = List.copyOf(topics);
        savepoints = List.copyOf(savepoints);
    }

    /** What a status remembers. */
    public static Memory of(PipelineStatus status) {
        return new Memory(
                status.deployed(),
                status.upgrade(),
                status.lastUpgrade(),
                status.topics(),
                status.savepoints(),
                status.groupId(),
                status.bootstrapServers(),
                status.rejected(),
                status.plan(),
                status.lastHandledRequest());
    }
}
