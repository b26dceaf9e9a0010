package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Names;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.Caches;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.observe.KafkaTopicReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The informers' caches, with our own latest writes laid over them, as one pass over one pipeline sees them. */
final class InformerCaches implements Caches {
    private final PipelineEventSources sources;
    private final KafkaFlinkPipeline pipeline;

    InformerCaches(PipelineEventSources sources, KafkaFlinkPipeline pipeline) {
        this.sources = sources;
        this.pipeline = pipeline;
    }

    @Override
    public Set<Definition> served() {
        return sources.served();
    }

    /** An index does not know of our latest writes, so the resource under the topic's own name is looked up beside it. */
    @Override
    public Collection<GenericKubernetesResource> kafkaTopics(String namespace, String topicName) {
        Map<String, GenericKubernetesResource> found = new HashMap<>();
        for (GenericKubernetesResource topic : bySubject(Definition.KAFKA_TOPIC, namespace, topicName)) {
            String name = topic.getMetadata().getName();
            found.put(name, kafkaTopic(namespace, name).orElse(topic));
        }
        kafkaTopic(namespace, Names.topicResource(topicName))
                .filter(topic -> KafkaTopicReader.topicName(topic).equals(topicName))
                .ifPresent(topic -> found.put(topic.getMetadata().getName(), topic));
        return found.values();
    }

    @Override
    public Optional<GenericKubernetesResource> kafkaTopic(String namespace, String resourceName) {
        return get(Definition.KAFKA_TOPIC, namespace, resourceName);
    }

    @Override
    public Optional<GenericKubernetesResource> flinkDeployment(String namespace, String name) {
        return get(Definition.FLINK_DEPLOYMENT, namespace, name);
    }

    @Override
    public Collection<ControllerRevision> revisions(PipelineId id) {
        return sources.revisions().getSecondaryResources(pipeline);
    }

    @Override
    public Collection<GenericKubernetesResource> snapshots(String namespace, String deployment) {
        return bySubject(Definition.FLINK_STATE_SNAPSHOT, namespace, deployment);
    }

    @Override
    public Collection<ConfigMap> highAvailability(String namespace, String deployment) {
        return sources.checkpoints().stream()
                .flatMap(source -> source.byIndex(SourceFactory.BY_SUBJECT, namespace + "/" + deployment).stream())
                .toList();
    }

    @Override
    public Optional<ConfigMap> handover(String namespace, String deployment) {
        return sources.handovers(namespace).get(new ResourceID(HandoverKeys.configMapName(deployment), namespace));
    }

    @Override
    public Collection<Pod> pods(String namespace, String deployment) {
        return sources.pods().stream()
                .flatMap(source -> source.byIndex(SourceFactory.BY_SUBJECT, namespace + "/" + deployment).stream())
                .toList();
    }

    @Override
    public Optional<String> flinkOperatorTooOld() {
        return sources.flinkOperatorTooOld();
    }

    @Override
    public Optional<GenericKubernetesResource> kafka(String namespace, String name) {
        return get(Definition.KAFKA, namespace, name);
    }

    @Override
    public Collection<KafkaFlinkPipeline> rivals(KafkaFlinkPipeline of) {
        return sources.index().rivals(of);
    }

    private Optional<GenericKubernetesResource> get(Definition definition, String namespace, String name) {
        return sources.foreign(definition).flatMap(source -> source.get(new ResourceID(name, namespace)));
    }

    private List<GenericKubernetesResource> bySubject(Definition definition, String namespace, String name) {
        return sources.foreign(definition)
                .map(source -> source.byIndex(SourceFactory.BY_SUBJECT, namespace + "/" + name))
                .orElse(List.of());
    }
}
