package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.UpgradeMark;
import java.util.Optional;

/** One write. Each is idempotent; {@code why} is said in log and Event. */
public sealed interface Action {
    String why();

    /** It only puts away what nobody needs any more: the pipeline is as wanted with or without it. */
    default boolean tidiesOnly() {
        return this instanceof DeleteRevision || this instanceof DisownRevision;
    }

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
     * @param mark the step of an upgrade that this is, written beside it
     */
    record ApplyFlinkDeployment(
            Slot slot,
            Revision revision,
            JobRequest request,
            String expectedVersion,
            Optional<UpgradeMark> mark,
            String why)
            implements Action {

        /** A write that is no step of an upgrade. */
        public ApplyFlinkDeployment(
                Slot slot, Revision revision, JobRequest request, String expectedVersion, String why) {
            this(slot, revision, request, expectedVersion, Optional.empty(), why);
        }
    }

    /**
     * Deletes a FlinkDeployment; FKO takes a savepoint first when the job runs.
     *
     * @param expectedVersion resourceVersion that must still hold, null when it is to go whatever it does; a conflict
     *     means "look again"
     */
    record DeleteFlinkDeployment(Slot slot, String expectedVersion, String why) implements Action {}

    /**
     * Applies our keys of the handover ConfigMap of a slot's FlinkDeployment, creating it when absent; what the job wrote
     * there stays.
     *
     * @param go empty while the job is to wait; one that was written before is taken back
     * @param expectedVersion resourceVersion that must still hold, null when it must not exist yet; a conflict means
     *     "look again"
     */
    record WriteHandover(Slot slot, ArmOrder order, Optional<GoOrder> go, String expectedVersion, String why)
            implements Action {}

    /** Deletes the handover ConfigMap of a slot's FlinkDeployment, and with it what the job wrote there. */
    record DeleteHandover(Slot slot, String why) implements Action {}
}
