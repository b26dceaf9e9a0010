package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;

/** One write. Each is idempotent; {@code why} is said in log and Event. */
public sealed interface Action {
    String why();

    /** Creates a KafkaTopic or applies our fields to it by server-side apply. */
    record ApplyTopic(DesiredTopic topic, String why) implements Action {}

    /** Deletes a KafkaTopic of ours and with it the topic and its data. */
    record DeleteTopic(String namespace, String resourceName, String why) implements Action {}

    /** Creates ControllerRevision and ConfigMap of a revision when they are absent. */
    record StoreRevision(Revision revision, boolean owned, String why) implements Action {}

    /** Deletes ControllerRevision and ConfigMap of a revision. */
    record DeleteRevision(String name, String why) implements Action {}

    /** Takes the owner references off a revision, so that it outlives the pipeline. */
    record DisownRevision(String name, String why) implements Action {}

    /**
     * Applies a revision to the FlinkDeployment of a slot by server-side apply, creating it when absent.
     *
     * @param expectedVersion resourceVersion that must still hold, null to create; a conflict means "look again"
     */
    record ApplyFlinkDeployment(Slot slot, Revision revision, JobRequest request, String expectedVersion, String why)
            implements Action {}

    /**
     * Deletes a FlinkDeployment; FKO takes a savepoint first when the job runs.
     *
     * @param expectedVersion resourceVersion that must still hold, null when it is to go whatever it does; a conflict
     *     means "look again"
     */
    record DeleteFlinkDeployment(Slot slot, String expectedVersion, String why) implements Action {}
}
