package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.observe.CheckpointReader;
import io.kafkaflink.operator.observe.CheckpointStore;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.observe.FlinkDeploymentFilter;
import io.kafkaflink.operator.observe.HandoverReader;
import io.kafkaflink.operator.observe.HandoverStore;
import io.kafkaflink.operator.observe.KafkaTopicReader;
import io.kafkaflink.operator.observe.PodReader;
import io.kafkaflink.operator.observe.PodStore;
import io.kafkaflink.operator.observe.StopSavepointReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes event sources: what each watches, which pipelines an object concerns, which changes matter. */
final class SourceFactory {
    /** KafkaTopics by namespace and topic name; FlinkStateSnapshots, checkpoints and pods by namespace and deployment. */
    static final String BY_SUBJECT = "subject";

    private final Scope scope;
    private final PipelineIndex index;
    private final EventSourceContext<KafkaFlinkPipeline> context;

    SourceFactory(Scope scope, PipelineIndex index, EventSourceContext<KafkaFlinkPipeline> context) {
        this.scope = scope;
        this.index = index;
        this.context = context;
    }

    static String name(Definition definition) {
        return definition.plural();
    }

    InformerEventSource<ControllerRevision, KafkaFlinkPipeline> revisions() {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ControllerRevision.class, KafkaFlinkPipeline.class)
                        .withName("controllerrevisions")
                        .withNamespaces(scope.pipelineNamespaces())
                        .withLabelSelector(Labels.SELECTOR)
                        .withSecondaryToPrimaryMapper(SourceFactory::labelled)
                        .build(),
                context);
    }

    /** Every checkpoint of every job changes its ConfigMap; only a job's first one decides anything. */
    InformerEventSource<ConfigMap, KafkaFlinkPipeline> checkpoints(String namespace) {
        InformerEventSource<ConfigMap, KafkaFlinkPipeline> source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, KafkaFlinkPipeline.class)
                        .withName("checkpoints-" + namespace)
                        .withNamespaces(Set.of(namespace))
                        .withLabelSelector(CheckpointReader.SELECTOR)
                        .withItemStore(new CheckpointStore())
                        .withOnUpdateFilter((after, before) ->
                                CheckpointReader.completed(after) && !CheckpointReader.completed(before))
                        .withSecondaryToPrimaryMapper(configMap -> ofDeployment(
                                configMap.getMetadata().getNamespace(), CheckpointReader.deployment(configMap)))
                        .build(),
                context);
        source.addIndexers(Map.of(BY_SUBJECT, configMap -> subject(configMap, CheckpointReader.deployment(configMap))));
        return source;
    }

    /** What a job says in a handover ends a step. */
    InformerEventSource<ConfigMap, KafkaFlinkPipeline> handovers(String namespace) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, KafkaFlinkPipeline.class)
                        .withName("handovers-" + namespace)
                        .withNamespaces(Set.of(namespace))
                        .withLabelSelector(HandoverReader.SELECTOR)
                        .withItemStore(new HandoverStore())
                        .withOnUpdateFilter((after, before) -> HandoverReader.differ(before, after))
                        .withSecondaryToPrimaryMapper(SourceFactory::labelled)
                        .build(),
                context);
    }

    /** Pods only matter while they do not start, and when the last one is gone. */
    InformerEventSource<Pod, KafkaFlinkPipeline> pods(String namespace) {
        InformerEventSource<Pod, KafkaFlinkPipeline> source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, KafkaFlinkPipeline.class)
                        .withName("pods-" + namespace)
                        .withNamespaces(Set.of(namespace))
                        .withLabelSelector(PodReader.SELECTOR)
                        .withItemStore(new PodStore())
                        .withOnUpdateFilter((after, before) -> PodReader.differ(before, after))
                        .withSecondaryToPrimaryMapper(
                                pod -> ofDeployment(pod.getMetadata().getNamespace(), PodReader.deployment(pod)))
                        .build(),
                context);
        source.addIndexers(Map.of(BY_SUBJECT, pod -> subject(pod, PodReader.deployment(pod))));
        return source;
    }

    InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> foreign(Definition definition) {
        return switch (definition) {
            case KAFKA_TOPIC -> kafkaTopics();
            case KAFKA -> kafkas();
            case FLINK_DEPLOYMENT -> flinkDeployments();
            case FLINK_STATE_SNAPSHOT -> snapshots();
        };
    }

    private InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> kafkaTopics() {
        InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> source = new InformerEventSource<>(
                of(Definition.KAFKA_TOPIC, scope.topicNamespaces())
                        .withOnUpdateFilter((after, before) -> KafkaTopicReader.differ(before, after))
                        .withSecondaryToPrimaryMapper(topic -> index.namingTopic(
                                topic.getMetadata().getNamespace(), KafkaTopicReader.topicName(topic)))
                        .build(),
                context);
        source.addIndexers(Map.of(BY_SUBJECT, topic -> subject(topic, Optional.of(KafkaTopicReader.topicName(topic)))));
        return source;
    }

    private InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> kafkas() {
        return new InformerEventSource<>(
                of(Definition.KAFKA, scope.topicNamespaces())
                        .withSecondaryToPrimaryMapper(kafka -> index.namingKafka(
                                kafka.getMetadata().getNamespace(),
                                kafka.getMetadata().getName()))
                        .build(),
                context);
    }

    private InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> flinkDeployments() {
        return new InformerEventSource<>(
                of(Definition.FLINK_DEPLOYMENT, scope.pipelineNamespaces())
                        .withLabelSelector(Labels.SELECTOR)
                        .withOnUpdateFilter((after, before) -> FlinkDeploymentFilter.matters(before, after))
                        .withSecondaryToPrimaryMapper(SourceFactory::labelled)
                        .build(),
                context);
    }

    private InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> snapshots() {
        InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> source = new InformerEventSource<>(
                of(Definition.FLINK_STATE_SNAPSHOT, scope.pipelineNamespaces())
                        .withLabelSelector(StopSavepointReader.TRIGGER_LABEL + "=" + StopSavepointReader.UPGRADE)
                        .withSecondaryToPrimaryMapper(snapshot -> ofDeployment(
                                snapshot.getMetadata().getNamespace(), StopSavepointReader.deployment(snapshot)))
                        .build(),
                context);
        source.addIndexers(Map.of(BY_SUBJECT, snapshot -> subject(snapshot, StopSavepointReader.deployment(snapshot))));
        return source;
    }

    private static InformerEventSourceConfiguration.Builder<GenericKubernetesResource> of(
            Definition definition, Set<String> namespaces) {
        return InformerEventSourceConfiguration.from(
                        new GroupVersionKind(definition.group(), definition.version(), definition.kind()),
                        KafkaFlinkPipeline.class)
                .withName(name(definition))
                .withNamespaces(namespaces);
    }

    private static Set<ResourceID> labelled(HasMetadata child) {
        Map<String, String> labels = child.getMetadata().getLabels();
        return Labels.pipelineOf(labels)
                .map(found ->
                        Set.of(new ResourceID(labels.get(Labels.PIPELINE), labels.get(Labels.PIPELINE_NAMESPACE))))
                .orElse(Set.of());
    }

    /** Slots are named {@code <pipeline>-a} and {@code <pipeline>-b}; a pipeline that does not exist is never woken. */
    private static Set<ResourceID> ofDeployment(String namespace, Optional<String> deployment) {
        return deployment
                .filter(name -> name.matches(".+-[ab]"))
                .map(name -> Set.of(new ResourceID(name.substring(0, name.length() - 2), namespace)))
                .orElse(Set.of());
    }

    private static List<String> subject(HasMetadata resource, Optional<String> name) {
        return name.map(found -> List.of(resource.getMetadata().getNamespace() + "/" + found))
                .orElse(List.of());
    }
}
