package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.apply.CacheFeed;
import io.kafkaflink.operator.observe.Definition;
import java.util.Arrays;
import java.util.Optional;

/** Lays the answers to our writes over the informers' caches until the informers have caught up. */
final class InformerFeed implements CacheFeed {
    private final PipelineEventSources sources;
    private final KubernetesSerialization serialization;

    InformerFeed(PipelineEventSources sources, KubernetesSerialization serialization) {
        this.sources = sources;
        this.serialization = serialization;
    }

    @Override
    public void created(HasMetadata resource) {
        if (resource instanceof ControllerRevision revision) {
            sources.revisions().handleRecentResourceCreate(ResourceID.fromResource(revision), revision);
        } else if (resource instanceof ConfigMap handover) {
            handovers(handover).handleRecentResourceCreate(ResourceID.fromResource(handover), handover);
        } else {
            source(resource).ifPresent(source -> {
                GenericKubernetesResource written = generic(resource);
                source.handleRecentResourceCreate(ResourceID.fromResource(written), written);
            });
        }
    }

    @Override
    public void updated(HasMetadata resource, String previousVersion) {
        if (resource instanceof ConfigMap handover) {
            ConfigMap previous = new ConfigMap();
            previous.setMetadata(version(previousVersion));
            handovers(handover).handleRecentResourceUpdate(ResourceID.fromResource(handover), handover, previous);
            return;
        }
        source(resource).ifPresent(source -> {
            GenericKubernetesResource written = generic(resource);
            source.handleRecentResourceUpdate(ResourceID.fromResource(written), written, previous(previousVersion));
        });
    }

    /** Handovers are the only ConfigMaps whose writing is fed back. */
    private InformerEventSource<ConfigMap, KafkaFlinkPipeline> handovers(ConfigMap handover) {
        return sources.handovers(handover.getMetadata().getNamespace());
    }

    private Optional<InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline>> source(HasMetadata resource) {
        return Arrays.stream(Definition.values())
                .filter(definition -> definition.kind().equals(resource.getKind()))
                .findFirst()
                .flatMap(sources::foreign);
    }

    private GenericKubernetesResource generic(HasMetadata resource) {
        return resource instanceof GenericKubernetesResource written
                ? written
                : serialization.convertValue(resource, GenericKubernetesResource.class);
    }

    /** Of the previous version the framework reads nothing but the number. */
    private static GenericKubernetesResource previous(String version) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setMetadata(version(version));
        return resource;
    }

    private static ObjectMeta version(String version) {
        return new ObjectMetaBuilder().withResourceVersion(version).build();
    }
}
