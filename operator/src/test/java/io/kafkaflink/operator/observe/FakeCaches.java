package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.PipelineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Caches that are lists. */
final class FakeCaches implements Caches {
    final Set<Definition> served = EnumSet.allOf(Definition.class);
    final List<GenericKubernetesResource> resources = new ArrayList<>();
    final List<ControllerRevision> revisions = new ArrayList<>();
    final List<ConfigMap> configMaps = new ArrayList<>();
    final List<ConfigMap> handovers = new ArrayList<>();
    final List<Pod> pods = new ArrayList<>();
    final List<KafkaFlinkPipeline> rivals = new ArrayList<>();
    Optional<String> flinkOperatorTooOld = Optional.empty();

    @Override
    public Set<Definition> served() {
        return served;
    }

    @Override
    public Collection<GenericKubernetesResource> kafkaTopics(String namespace, String topicName) {
        return of("KafkaTopic").stream()
                .filter(topic -> topic.getMetadata().getNamespace().equals(namespace))
                .filter(topic -> KafkaTopicReader.topicName(topic).equals(topicName))
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> kafkaTopic(String namespace, String resourceName) {
        return get("KafkaTopic", namespace, resourceName);
    }

    @Override
    public Optional<GenericKubernetesResource> flinkDeployment(String namespace, String name) {
        return get("FlinkDeployment", namespace, name);
    }

    @Override
    public Collection<ControllerRevision> revisions(PipelineId pipeline) {
        return revisions;
    }

    @Override
    public Collection<GenericKubernetesResource> snapshots(String namespace, String deployment) {
        return of("FlinkStateSnapshot").stream()
                .filter(snapshot -> StopSavepointReader.deployment(snapshot).equals(Optional.of(deployment)))
                .toList();
    }

    @Override
    public Collection<ConfigMap> highAvailability(String namespace, String deployment) {
        return configMaps.stream()
                .filter(configMap -> CheckpointReader.deployment(configMap).equals(Optional.of(deployment)))
                .toList();
    }

    @Override
    public Optional<ConfigMap> handover(String namespace, String deployment) {
        return handovers.stream()
                .filter(handover -> handover.getMetadata().getNamespace().equals(namespace))
                .filter(handover -> handover.getMetadata().getName().equals(HandoverKeys.configMapName(deployment)))
                .findFirst();
    }

    @Override
    public Collection<Pod> pods(String namespace, String deployment) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(namespace))
                .filter(pod -> PodReader.deployment(pod).equals(Optional.of(deployment)))
                .toList();
    }

    @Override
    public Optional<String> flinkOperatorTooOld() {
        return flinkOperatorTooOld;
    }

    @Override
    public Optional<GenericKubernetesResource> kafka(String namespace, String name) {
        return get("Kafka", namespace, name);
    }

    @Override
    public Collection<KafkaFlinkPipeline> rivals(KafkaFlinkPipeline pipeline) {
        return rivals;
    }

    private List<GenericKubernetesResource> of(String kind) {
        return resources.stream()
                .filter(resource -> resource.getKind().equals(kind))
                .toList();
    }

    private Optional<GenericKubernetesResource> get(String kind, String namespace, String name) {
        return of(kind).stream()
                .filter(resource -> resource.getMetadata().getNamespace().equals(namespace))
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst();
    }
}
