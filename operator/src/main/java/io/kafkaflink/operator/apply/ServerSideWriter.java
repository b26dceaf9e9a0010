package io.kafkaflink.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.Handovers;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.observe.AppliedFields;
import io.kafkaflink.operator.observe.Caches;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Action;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/**
 * Writes by server-side apply with force under one field manager. What must not exist yet is applied with a
 * resourceVersion that no object has, so that an object of the same name answers 409 and is never taken over. Immutable
 * objects are created if absent.
 */
public final class ServerSideWriter implements ResourceWriter {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(AppliedFields.MANAGER)
            .withForce(true)
            .build();
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String DISOWN = "{\"metadata\":{\"ownerReferences\":null}}";
    /** Numbers of etcd's revisions begin above it. */
    private static final String NO_OBJECT_HAS_IT = "1";

    private static final List<Class<? extends HasMetadata>> REVISION_KINDS =
            List.of(ControllerRevision.class, ConfigMap.class);

    private final KubernetesClient client;
    private final Caches caches;
    private final CacheFeed feed;

    public ServerSideWriter(KubernetesClient client, Caches caches, CacheFeed feed) {
        this.client = client;
        this.caches = caches;
        this.feed = feed;
    }

    @Override
    public void write(PipelineId pipeline, Action action) throws OutdatedView {
        if (action instanceof Action.ApplyTopic apply) {
            apply(KafkaTopics.toResource(apply.topic(), pipeline));
        } else if (action instanceof Action.DeleteTopic delete) {
            delete(Definition.KAFKA_TOPIC, delete.namespace(), delete.resourceName());
        } else if (action instanceof Action.StoreRevision store) {
            store(pipeline, store);
        } else if (action instanceof Action.DeleteRevision delete) {
            deleteRevision(pipeline, delete.name());
        } else if (action instanceof Action.DisownRevision disown) {
            disownRevision(pipeline, disown.name());
        } else if (action instanceof Action.ApplyFlinkDeployment apply) {
            apply(pipeline, apply);
        } else if (action instanceof Action.DeleteFlinkDeployment delete) {
            delete(pipeline, delete);
        } else if (action instanceof Action.WriteHandover write) {
            apply(Handovers.toConfigMap(pipeline, write.slot(), write.order(), write.go()), write.expectedVersion());
        } else if (action instanceof Action.DeleteHandover delete) {
            deleteHandover(pipeline, delete);
        } else {
            throw new IllegalArgumentException("no writer for " + action.getClass());
        }
    }

    /** The Topic Operator rewrites the status at its own pace, so a topic is told apart by its uid, not by its version. */
    private void apply(KafkaTopic topic) throws OutdatedView {
        ObjectMeta metadata = topic.getMetadata();
        Optional<GenericKubernetesResource> known = caches.kafkaTopic(metadata.getNamespace(), metadata.getName());
        if (known.isEmpty()) {
            create(topic);
        } else {
            metadata.setUid(known.get().getMetadata().getUid());
            HasMetadata written = orOutdated(topic, "is another one than was looked at");
            feed.updated(written, known.get().getMetadata().getResourceVersion());
        }
    }

    private void apply(PipelineId pipeline, Action.ApplyFlinkDeployment action) throws OutdatedView {
        apply(
                FlinkDeployments.of(pipeline, action.slot(), action.revision(), action.request(), action.mark()),
                action.expectedVersion());
    }

    /** @param expectedVersion resourceVersion that must still hold, null when it must not exist yet */
    private void apply(HasMetadata resource, String expectedVersion) throws OutdatedView {
        if (expectedVersion == null) {
            create(resource);
        } else {
            resource.getMetadata().setResourceVersion(expectedVersion);
            feed.updated(orOutdated(resource, "has changed since it was looked at"), expectedVersion);
        }
    }

    private void create(HasMetadata resource) throws OutdatedView {
        resource.getMetadata().setResourceVersion(NO_OBJECT_HAS_IT);
        feed.created(orOutdated(resource, "exists already"));
    }

    private HasMetadata orOutdated(HasMetadata resource, String conflict) throws OutdatedView {
        try {
            return client.resource(resource).patch(APPLY);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new OutdatedView(reference(resource) + " " + conflict);
            }
            throw e;
        }
    }

    private void store(PipelineId pipeline, Action.StoreRevision action) {
        // The ConfigMap first: a ControllerRevision that can be seen promises that the job can mount its configuration.
        createIfAbsent(Revisions.toConfigMap(action.revision(), pipeline, action.owned()));
        createIfAbsent(Revisions.toControllerRevision(action.revision(), pipeline, action.owned()))
                .ifPresent(feed::created);
    }

    /** Empty when it is there: its name is a hash of its content, and {@link NameGuard} has looked whose it is. */
    private <T extends HasMetadata> Optional<T> createIfAbsent(T resource) {
        resource.getMetadata().setResourceVersion(NO_OBJECT_HAS_IT);
        try {
            return Optional.of(client.resource(resource).patch(APPLY));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void deleteRevision(PipelineId pipeline, String name) {
        for (Class<? extends HasMetadata> kind : REVISION_KINDS) {
            client.resources(kind)
                    .inNamespace(pipeline.namespace())
                    .withName(name)
                    .delete();
        }
    }

    private void disownRevision(PipelineId pipeline, String name) {
        for (Class<? extends HasMetadata> kind : REVISION_KINDS) {
            ifThere(() -> client.resources(kind)
                    .inNamespace(pipeline.namespace())
                    .withName(name)
                    .patch(MERGE, DISOWN));
        }
    }

    private void delete(Definition definition, String namespace, String name) {
        ifThere(() -> client.genericKubernetesResources(definition.apiVersion(), definition.kind())
                .inNamespace(namespace)
                .withName(name)
                .delete());
    }

    private void delete(PipelineId pipeline, Action.DeleteFlinkDeployment action) throws OutdatedView {
        String name = action.slot().deploymentName(pipeline);
        if (action.expectedVersion() == null) {
            delete(Definition.FLINK_DEPLOYMENT, pipeline.namespace(), name);
            return;
        }
        deleteLocked(
                client.genericKubernetesResources(
                                Definition.FLINK_DEPLOYMENT.apiVersion(), Definition.FLINK_DEPLOYMENT.kind())
                        .inNamespace(pipeline.namespace())
                        .withName(name),
                action.expectedVersion(),
                "FlinkDeployment " + pipeline.namespace() + "/" + name);
    }

    /** Only what was looked at and is ours: another one may have this name by now. */
    private void deleteHandover(PipelineId pipeline, Action.DeleteHandover action) throws OutdatedView {
        Optional<ConfigMap> known =
                caches.handover(pipeline.namespace(), action.slot().deploymentName(pipeline));
        if (known.isPresent()) {
            ObjectMeta metadata = known.get().getMetadata();
            deleteLocked(
                    client.configMaps().inNamespace(pipeline.namespace()).withName(metadata.getName()),
                    metadata.getResourceVersion(),
                    "ConfigMap " + pipeline.namespace() + "/" + metadata.getName());
        }
    }

    private static void deleteLocked(Resource<?> resource, String expectedVersion, String reference)
            throws OutdatedView {
        try {
            ifThere(() -> resource.lockResourceVersion(expectedVersion).delete());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new OutdatedView(reference + " has changed since it was looked at");
            }
            throw e;
        }
    }

    /** What is gone needs no writing; that goes for a whole definition too. */
    private static void ifThere(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static String reference(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
