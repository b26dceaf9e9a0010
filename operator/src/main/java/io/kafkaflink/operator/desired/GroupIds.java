package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;

/** The consumer group of a pipeline. */
public final class GroupIds {
    private GroupIds() {}

    /**
     * {@code spec.source.kafka.groupId}, else {@code [identityPrefix.]<namespace>.<name>}; null for a generator source. The
     * caller keeps the id that was seen first: a later identity prefix must not move a pipeline to another group.
     */
    public static String of(PipelineId pipeline, PipelineSpec spec, OperatorDefaults defaults) {
        if (spec.source().kafka() == null) {
            return null;
        }
        String chosen = spec.source().kafka().groupId();
        return chosen != null ? chosen : defaults.identity() + pipeline.namespace() + "." + pipeline.name();
    }
}
