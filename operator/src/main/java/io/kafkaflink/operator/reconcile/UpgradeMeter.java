package io.kafkaflink.operator.reconcile;

import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;

/** Measures what becomes of upgrades. Never fails and never waits. */
public interface UpgradeMeter {

    /** A status was written over another. */
    void written(PipelineStatus before, PipelineStatus after);
}
