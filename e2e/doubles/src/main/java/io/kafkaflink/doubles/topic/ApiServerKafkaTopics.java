package io.kafkaflink.doubles.topic;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The KafkaTopics of the API server: reads from an informer, writes without a resource version. */
final class ApiServerKafkaTopics implements KafkaTopicStore {

    private final KubernetesClient client;
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    ApiServerKafkaTopics(KubernetesClient client, SharedIndexInformer<GenericKubernetesResource> informer) {
        this.client = client;
        this.informer = informer;
    }

    @Override
    public Collection<KafkaTopic> all() {
        return informer.getStore().list().stream().map(KafkaTopicCodec::read).toList();
    }

    @Override
    public void addFinalizer(KafkaTopic topic) {
        editFinalizers(topic, finalizers -> {
            List<String> more = new ArrayList<>(finalizers);
            if (!more.contains(KafkaTopic.FINALIZER)) {
                more.add(KafkaTopic.FINALIZER);
            }
            return more;
        });
    }

    @Override
    public void removeFinalizer(KafkaTopic topic) {
        editFinalizers(topic, finalizers -> finalizers.stream()
                .filter(finalizer -> !finalizer.equals(KafkaTopic.FINALIZER))
                .toList());
    }

    @Override
    public void writeStatus(KafkaTopic topic, KafkaTopicStatus status) {
        GenericKubernetesResource current = resource(topic).get();
        if (current != null) {
            current.getMetadata().setResourceVersion(null);
            current.setAdditionalProperty("status", KafkaTopicCodec.write(status));
            topics(topic).resource(current).updateStatus();
        }
    }

    private void editFinalizers(KafkaTopic topic, UnaryOperator<List<String>> edit) {
        GenericKubernetesResource current = resource(topic).get();
        if (current == null) {
            return;
        }
        List<String> finalizers =
                Objects.requireNonNullElse(current.getMetadata().getFinalizers(), List.of());
        List<String> edited = edit.apply(finalizers);
        if (!edited.equals(finalizers)) {
            current.getMetadata().setFinalizers(new ArrayList<>(edited));
            topics(topic).resource(current).update();
        }
    }

    private Resource<GenericKubernetesResource> resource(KafkaTopic topic) {
        return topics(topic).withName(topic.name());
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            topics(KafkaTopic topic) {
        return client.genericKubernetesResources(KafkaTopicCodec.CONTEXT).inNamespace(topic.namespace());
    }
}
