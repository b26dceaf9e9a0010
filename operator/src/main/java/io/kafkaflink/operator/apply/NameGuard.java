package io.kafkaflink.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.Handovers;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.Caches;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks, before something is created, whether its name is taken by an object of somebody else. Such objects are in no
 * cache of ours (informers are limited by our label), so this asks the API server, and only for what is to be created.
 */
public final class NameGuard {
    private final KubernetesClient client;
    private final Caches caches;

    public NameGuard(KubernetesClient client, Caches caches) {
        this.client = client;
        this.caches = caches;
    }

    /** The first name that is taken, of all that the actions would create. */
    public Optional<Refusal> refusal(PipelineId pipeline, List<Action> actions) {
        return actions.stream()
                .flatMap(action -> created(pipeline, action))
                .filter(Objects::nonNull)
                .filter(found -> !belongs(found, pipeline))
                .findFirst()
                .map(found -> refusal(pipeline, found));
    }

    private Stream<HasMetadata> created(PipelineId pipeline, Action action) {
        if (action instanceof Action.ApplyTopic apply) {
            DesiredTopic topic = apply.topic();
            return caches.kafkaTopic(topic.namespace(), topic.resourceName())
                    .map(Stream::<HasMetadata>of)
                    .orElseGet(() -> Stream.of(live(Definition.KAFKA_TOPIC, topic.namespace(), topic.resourceName())));
        }
        if (action instanceof Action.ApplyFlinkDeployment apply && apply.expectedVersion() == null) {
            return Stream.of(live(
                    Definition.FLINK_DEPLOYMENT,
                    pipeline.namespace(),
                    apply.slot().deploymentName(pipeline)));
        }
        if (action instanceof Action.WriteHandover write && write.expectedVersion() == null) {
            return Stream.of(client.configMaps()
                    .inNamespace(pipeline.namespace())
                    .withName(Handovers.name(pipeline, write.slot()))
                    .get());
        }
        if (action instanceof Action.StoreRevision store) {
            String name = store.revision().name();
            return Stream.of(
                    client.resources(ControllerRevision.class)
                            .inNamespace(pipeline.namespace())
                            .withName(name)
                            .get(),
                    client.resources(ConfigMap.class)
                            .inNamespace(pipeline.namespace())
                            .withName(name)
                            .get());
        }
        return Stream.empty();
    }

    private GenericKubernetesResource live(Definition definition, String namespace, String name) {
        return client.genericKubernetesResources(definition.apiVersion(), definition.kind())
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static boolean belongs(HasMetadata found, PipelineId pipeline) {
        boolean labelled = Labels.pipelineOf(found.getMetadata().getLabels())
                .filter(pipeline.qualifiedName()::equals)
                .isPresent();
        boolean offered = found.getMetadata().getAnnotations() != null
                && pipeline.qualifiedName()
                        .equals(found.getMetadata().getAnnotations().get(Annotations.ADOPT_BY));
        return labelled || offered;
    }

    private static Refusal refusal(PipelineId pipeline, HasMetadata found) {
        String object = found.getKind() + " " + found.getMetadata().getNamespace() + "/"
                + found.getMetadata().getName();
        String owner = Labels.pipelineOf(found.getMetadata().getLabels())
                .map(other -> "belongs to KafkaFlinkPipeline " + other)
                .orElse("was not made by this operator");
        return Refusal.stalled(
                Reasons.NAME_CONFLICT,
                object + " exists and " + owner + ", but KafkaFlinkPipeline " + pipeline.qualifiedName()
                        + " needs this name; it is not taken over. Remove it, or give the pipeline another name");
    }
}
