package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.util.Objects;
import java.util.Set;

/** Has pipelines looked at when another one that claims the same topic or group comes, changes or goes. */
final class PeerEventSource extends AbstractEventSource<KafkaFlinkPipeline, KafkaFlinkPipeline>
        implements ResourceEventAware<KafkaFlinkPipeline> {
    private final PipelineIndex index;

    PeerEventSource(PipelineIndex index) {
        super(KafkaFlinkPipeline.class, "peers");
        this.index = index;
    }

    @Override
    public void onResourceCreated(KafkaFlinkPipeline pipeline) {
        wakeRivals(pipeline);
    }

    @Override
    public void onResourceUpdated(KafkaFlinkPipeline after, KafkaFlinkPipeline before) {
        boolean same = Objects.equals(
                after.getMetadata().getGeneration(), before.getMetadata().getGeneration());
        if (!same) {
            wakeRivals(before);
            wakeRivals(after);
        }
    }

    @Override
    public void onResourceDeleted(KafkaFlinkPipeline pipeline) {
        wakeRivals(pipeline);
    }

    private void wakeRivals(KafkaFlinkPipeline pipeline) {
        if (isRunning()) {
            index.rivals(pipeline)
                    .forEach(rival -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(rival))));
        }
    }

    @Override
    public Set<KafkaFlinkPipeline> getSecondaryResources(KafkaFlinkPipeline pipeline) {
        return Set.of();
    }
}
