package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.Caches;
import io.kafkaflink.operator.observe.CheckpointReader;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.observe.KafkaTopicReader;
import io.kafkaflink.operator.observe.PodReader;
import io.kafkaflink.operator.observe.StopSavepointReader;
import io.kafkaflink.operator.reconcile.ServedDefinitions;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the operator holds in caches, asked of the API server with the rights of whoever runs the command. */
final class LiveCluster implements Caches {
    private final KubernetesClient client;
    private final ServedDefinitions definitions;

    LiveCluster(KubernetesClient client) {
        this.client = client;
        this.definitions = new ServedDefinitions(client, Clock.systemUTC());
    }

    @Override
    public Set<Definition> served() {
        return definitions.get();
    }

    @Override
    public Collection<GenericKubernetesResource> kafkaTopics(String namespace, String topicName) {
        return all(Definition.KAFKA_TOPIC).inNamespace(namespace).list().getItems().stream()
                .filter(topic -> KafkaTopicReader.topicName(topic).equals(topicName))
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> kafkaTopic(String namespace, String resourceName) {
        return get(Definition.KAFKA_TOPIC, namespace, resourceName);
    }

    @Override
    public Optional<GenericKubernetesResource> flinkDeployment(String namespace, String name) {
        return get(Definition.FLINK_DEPLOYMENT, namespace, name)
                .filter(found ->
                        Labels.pipelineOf(found.getMetadata().getLabels()).isPresent());
    }

    @Override
    public Collection<ControllerRevision> revisions(PipelineId pipeline) {
        return client.apps()
                .controllerRevisions()
                .inNamespace(pipeline.namespace())
                .withLabels(Labels.of(pipeline))
                .list()
                .getItems();
    }

    @Override
    public Collection<GenericKubernetesResource> snapshots(String namespace, String deployment) {
        if (!served().contains(Definition.FLINK_STATE_SNAPSHOT)) {
            return List.of();
        }
        return all(Definition.FLINK_STATE_SNAPSHOT)
                .inNamespace(namespace)
                .withLabel(StopSavepointReader.TRIGGER_LABEL, StopSavepointReader.UPGRADE)
                .list()
                .getItems()
                .stream()
                .filter(snapshot -> StopSavepointReader.deployment(snapshot)
                        .filter(deployment::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public Collection<ConfigMap> highAvailability(String namespace, String deployment) {
        return client
                .configMaps()
                .inNamespace(namespace)
                .withLabelSelector(CheckpointReader.SELECTOR)
                .list()
                .getItems()
                .stream()
                .filter(found -> CheckpointReader.deployment(found)
                        .filter(deployment::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public Optional<ConfigMap> handover(String namespace, String deployment) {
        return Optional.ofNullable(client.configMaps()
                .inNamespace(namespace)
                .withName(HandoverKeys.configMapName(deployment))
                .get());
    }

    @Override
    public Collection<Pod> pods(String namespace, String deployment) {
        return client.pods().inNamespace(namespace).withLabelSelector(PodReader.SELECTOR).list().getItems().stream()
                .filter(pod ->
                        PodReader.deployment(pod).filter(deployment::equals).isPresent())
                .toList();
    }

    @Override
    public Optional<String> flinkOperatorTooOld() {
        return definitions.flinkOperatorTooOld();
    }

    @Override
    public Optional<GenericKubernetesResource> kafka(String namespace, String name) {
        return get(Definition.KAFKA, namespace, name);
    }

    /** All that may be seen: of the cluster, else of the namespace. */
    @Override
    public Collection<KafkaFlinkPipeline> rivals(KafkaFlinkPipeline pipeline) {
        List<KafkaFlinkPipeline> all;
        try {
            all = client.resources(KafkaFlinkPipeline.class)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            all = client.resources(KafkaFlinkPipeline.class)
                    .inNamespace(pipeline.getMetadata().getNamespace())
                    .list()
                    .getItems();
        }
        return all.stream()
                .filter(other -> other.getSpec() != null)
                .filter(other -> !same(other, pipeline))
                .toList();
    }

    private static boolean same(KafkaFlinkPipeline one, KafkaFlinkPipeline other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName())
                && one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
    }

    private Optional<GenericKubernetesResource> get(Definition definition, String namespace, String name) {
        if (!served().contains(definition)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                all(definition).inNamespace(namespace).withName(name).get());
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            all(Definition definition) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(definition.group())
                .withVersion(definition.version())
                .withKind(definition.kind())
                .withPlural(definition.plural())
                .withNamespaced(true)
                .build());
    }
}
