package io.kafkaflink.operator.apply;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;

/** Writes the status, and with it the step of a change, before the step's first write. */
public interface UpgradeJournal {

    /**
     * Writes the status unless it is the pipeline's already. After it returns, the next pass sees what was written.
     *
     * @return whether something was written
     * @throws OutdatedView when the pipeline is not what the status was made from; nothing was written
     */
    boolean write(KafkaFlinkPipeline pipeline, PipelineStatus status, Context<KafkaFlinkPipeline> context)
            throws OutdatedView;
}
