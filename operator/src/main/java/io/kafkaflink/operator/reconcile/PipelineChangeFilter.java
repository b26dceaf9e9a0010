package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.util.Objects;

/**
 * Which changes of a pipeline are worth a look: of the spec, of annotations (people and tools ask by them), of finalizers
 * and the deletion. The framework's own filter looks at the generation alone, which annotations do not move; status,
 * which only we write, wakes nobody.
 */
public final class PipelineChangeFilter implements OnUpdateFilter<KafkaFlinkPipeline> {

    @Override
    public boolean accept(KafkaFlinkPipeline after, KafkaFlinkPipeline before) {
        ObjectMeta now = after.getMetadata();
        ObjectMeta then = before.getMetadata();
        return !Objects.equals(now.getGeneration(), then.getGeneration())
                || !Objects.equals(now.getUid(), then.getUid())
                || !Objects.equals(now.getAnnotations(), then.getAnnotations())
                || !Objects.equals(now.getFinalizers(), then.getFinalizers())
                || !Objects.equals(now.getDeletionTimestamp(), then.getDeletionTimestamp());
    }
}
