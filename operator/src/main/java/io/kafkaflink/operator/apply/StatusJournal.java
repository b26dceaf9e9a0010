package io.kafkaflink.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.observe.AppliedFields;
import java.net.HttpURLConnection;

/**
 * The status by server-side apply, whole, with optimistic locking, its answer laid over the framework's cache. The
 * framework's own status patch discards the answer (5.2.3), so that the next pass could act on the status before it; and
 * its locking update writes what was made from an old status over a newer one once its cache has that, so that an operator
 * that leads no more could take another's step back.
 */
public final class StatusJournal implements UpgradeJournal {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(AppliedFields.MANAGER)
            .withForce(true)
            .build();

    @Override
    public boolean write(KafkaFlinkPipeline pipeline, PipelineStatus status, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        if (same(pipeline.getStatus(), status, context.getClient().getKubernetesSerialization())) {
            return false;
        }
        KafkaFlinkPipeline written = patch(pipeline, status, context);
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(pipeline), written, pipeline);
        pipeline.getMetadata().setResourceVersion(written.getMetadata().getResourceVersion());
        pipeline.setStatus(status);
        return true;
    }

    private static KafkaFlinkPipeline patch(
            KafkaFlinkPipeline pipeline, PipelineStatus status, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        KafkaFlinkPipeline fresh = new KafkaFlinkPipeline();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(pipeline.getMetadata().getName())
                .withNamespace(pipeline.getMetadata().getNamespace())
                .withResourceVersion(pipeline.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        try {
            return context.getClient().resource(fresh).subresource("status").patch(APPLY);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new OutdatedView(
                        "KafkaFlinkPipeline " + pipeline.getMetadata().getNamespace() + "/"
                                + pipeline.getMetadata().getName() + " has changed since it was looked at");
            }
            throw e;
        }
    }

    /** As JSON: the same status read and made are not the same objects. */
    private static boolean same(PipelineStatus before, PipelineStatus after, KubernetesSerialization serialization) {
        JsonNode written = serialization.convertValue(before == null ? PipelineStatus.EMPTY : before, JsonNode.class);
        return written.equals(serialization.convertValue(after, JsonNode.class));
    }
}
