package io.kafkaflink.operator.apply;

import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.plan.Action;

/** Carries out planned actions. */
public interface ResourceWriter {

    /**
     * Carries out one action; doing it again changes nothing.
     *
     * @throws OutdatedView when the object is not what the plan was made for; nothing was written
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API call failed
     */
    void write(PipelineId pipeline, Action action) throws OutdatedView;
}
