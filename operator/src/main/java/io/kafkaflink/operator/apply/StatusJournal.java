package io.kafkaflink.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;

/**
 * The status by server-side apply, whole, with optimistic locking, its answer laid over the framework's cache. The
 * framework's own status patch discards the answer (5.2.3), so that the next pass could act on the status before it.
 */
public final class StatusJournal implements UpgradeJournal {

    @Override
    public boolean write(KafkaFlinkPipeline pipeline, PipelineStatus status, Context<KafkaFlinkPipeline> context) {
        if (same(pipeline.getStatus(), status, context.getClient().getKubernetesSerialization())) {
            return false;
        }
        KafkaFlinkPipeline fresh = new KafkaFlinkPipeline();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(pipeline.getMetadata().getName())
                .withNamespace(pipeline.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        KafkaFlinkPipeline written =
                PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(pipeline, fresh, context);
        pipeline.getMetadata().setResourceVersion(written.getMetadata().getResourceVersion());
        pipeline.setStatus(status);
        return true;
    }

    /** As JSON: the same status read and made are not the same objects. */
    private static boolean same(PipelineStatus before, PipelineStatus after, KubernetesSerialization serialization) {
        JsonNode written = serialization.convertValue(before == null ? PipelineStatus.EMPTY : before, JsonNode.class);
        return written.equals(serialization.convertValue(after, JsonNode.class));
    }
}
