package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.kafkaflink.model.handover.HandoverKeys;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on a real API server: specs from informers, statuses from what was written last, as in the real operator,
 * because an informer may be behind.
 */
final class ApiServerFlink implements FlinkStore, ClusterObjects {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServerFlink.class);
    private static final int STATUS_ATTEMPTS = 5;

    private final KubernetesClient client;
    private final SharedIndexInformer<GenericKubernetesResource> deployments;
    private final SharedIndexInformer<GenericKubernetesResource> snapshots;
    private final FlinkEvents events;
    private final ClusterPods pods;
    private final Map<String, FlinkStatus> written = new HashMap<>();
    private final Map<String, StateSnapshot> writtenSnapshots = new HashMap<>();

    ApiServerFlink(
            KubernetesClient client,
            SharedIndexInformer<GenericKubernetesResource> deployments,
            SharedIndexInformer<GenericKubernetesResource> snapshots,
            FlinkEvents events) {
        this.client = client;
        this.deployments = deployments;
        this.snapshots = snapshots;
        this.events = events;
        this.pods = new ApiServerPods(client);
    }

    @Override
    public Optional<FlinkDeployment> deployment(DeploymentKey key) {
        return Optional.ofNullable(deployments.getStore().getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name())))
                .map(FlinkResources::deployment)
                .map(found -> written.containsKey(found.uid()) ? found.with(written.get(found.uid())) : found);
    }

    /** Writes over edits of the spec that come in between, as the real operator does. */
    @Override
    public void writeStatus(DeploymentKey key, FlinkStatus status) {
        for (int attempt = 1; !tryWriteStatus(key, status, attempt == STATUS_ATTEMPTS); attempt++) {
            LOG.debug("FlinkDeployment {} changed while its status was written", key);
        }
    }

    private boolean tryWriteStatus(DeploymentKey key, FlinkStatus status, boolean last) {
        GenericKubernetesResource current = resource(FlinkResources.DEPLOYMENTS, key.namespace(), key.name())
                .get();
        if (current == null) {
            return true;
        }
        current.setAdditionalProperty("status", FlinkResources.status(status));
        try {
            client.genericKubernetesResources(FlinkResources.DEPLOYMENTS)
                    .inNamespace(key.namespace())
                    .resource(current)
                    .updateStatus();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && !last) {
                return false;
            }
            throw e;
        }
        written.put(current.getMetadata().getUid(), status);
        return true;
    }

    @Override
    public void addFinalizer(DeploymentKey key) {
        edit(FlinkResources.DEPLOYMENTS, key.namespace(), key.name(), meta -> add(meta, FlinkDeployment.FINALIZER));
    }

    @Override
    public void removeFinalizer(DeploymentKey key) {
        deployment(key).ifPresent(found -> written.remove(found.uid()));
        edit(FlinkResources.DEPLOYMENTS, key.namespace(), key.name(), meta -> drop(meta, FlinkDeployment.FINALIZER));
    }

    @Override
    public void publish(DeploymentKey key, Effect.Publish event) {
        deployment(key).ifPresent(found -> events.publish(key, found.uid(), event));
    }

    @Override
    public List<StateSnapshot> snapshots(DeploymentKey key) {
        return snapshots.getStore().list().stream()
                .map(this::current)
                .filter(s ->
                        s.namespace().equals(key.namespace()) && s.deployment().equals(key.name()))
                .toList();
    }

    @Override
    public Optional<StateSnapshot> snapshot(String namespace, String name) {
        return Optional.ofNullable(snapshots.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name)))
                .map(this::current);
    }

    @Override
    public void create(StateSnapshot snapshot) {
        client.genericKubernetesResources(FlinkResources.SNAPSHOTS)
                .inNamespace(snapshot.namespace())
                .resource(FlinkResources.upgradeSnapshot(snapshot))
                .create();
    }

    @Override
    public void write(StateSnapshot snapshot) {
        edit(FlinkResources.SNAPSHOTS, snapshot.namespace(), snapshot.name(), meta -> {
            add(meta, StateSnapshot.FINALIZER);
            meta.setLabels(FlinkResources.labels(snapshot, meta.getLabels()));
        });
        GenericKubernetesResource current = resource(FlinkResources.SNAPSHOTS, snapshot.namespace(), snapshot.name())
                .get();
        if (current != null) {
            current.getMetadata().setResourceVersion(null);
            current.setAdditionalProperty("status", FlinkResources.status(snapshot));
            client.genericKubernetesResources(FlinkResources.SNAPSHOTS)
                    .inNamespace(snapshot.namespace())
                    .resource(current)
                    .updateStatus();
            writtenSnapshots.put(current.getMetadata().getUid(), snapshot);
        }
    }

    @Override
    public void delete(StateSnapshot snapshot) {
        resource(FlinkResources.SNAPSHOTS, snapshot.namespace(), snapshot.name())
                .delete();
    }

    @Override
    public void removeFinalizer(StateSnapshot snapshot) {
        edit(
                FlinkResources.SNAPSHOTS,
                snapshot.namespace(),
                snapshot.name(),
                meta -> drop(meta, StateSnapshot.FINALIZER));
    }

    @Override
    public void put(DeploymentKey key, String name, Map<String, String> data) {
        ConfigMap configMap = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(name)
                .addToLabels("app", key.name())
                .addToLabels("type", "flink-native-kubernetes")
                .endMetadata()
                .withData(data)
                .build();
        client.configMaps().inNamespace(key.namespace()).resource(configMap).createOr(op -> op.update());
    }

    @Override
    public void delete(DeploymentKey key, String name) {
        client.configMaps().inNamespace(key.namespace()).withName(name).delete();
    }

    @Override
    public Optional<Map<String, String>> handover(DeploymentKey key) {
        return Optional.ofNullable(handoverMap(key).get())
                .map(found -> Objects.requireNonNullElse(found.getData(), Map.of()));
    }

    /** Whole and locked, as Flink's client writes; a conflict is tried again at the next look. */
    @Override
    public void report(DeploymentKey key, String dataKey, String value) {
        Resource<ConfigMap> resource = handoverMap(key);
        for (int attempt = 1; attempt <= STATUS_ATTEMPTS; attempt++) {
            ConfigMap current = resource.get();
            if (current == null) {
                return;
            }
            try {
                client.resource(new ConfigMapBuilder(current)
                                .addToData(dataKey, value)
                                .build())
                        .update();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == STATUS_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Resource<ConfigMap> handoverMap(DeploymentKey key) {
        return client.configMaps().inNamespace(key.namespace()).withName(HandoverKeys.configMapName(key.name()));
    }

    @Override
    public void put(DeploymentKey key, ClusterPod pod) {
        pods.put(key, pod);
    }

    @Override
    public void deletePod(DeploymentKey key, String pod) {
        pods.deletePod(key, pod);
    }

    private StateSnapshot current(GenericKubernetesResource resource) {
        StateSnapshot seen = FlinkResources.snapshot(resource);
        StateSnapshot own = writtenSnapshots.get(resource.getMetadata().getUid());
        return own != null && !seen.deleting() ? own : seen;
    }

    private static void add(ObjectMeta meta, String finalizer) {
        List<String> finalizers = new ArrayList<>(Objects.requireNonNullElse(meta.getFinalizers(), List.of()));
        if (!finalizers.contains(finalizer) && meta.getDeletionTimestamp() == null) {
            finalizers.add(finalizer);
            meta.setFinalizers(finalizers);
        }
    }

    private static void drop(ObjectMeta meta, String finalizer) {
        List<String> finalizers = new ArrayList<>(Objects.requireNonNullElse(meta.getFinalizers(), List.of()));
        finalizers.remove(finalizer);
        meta.setFinalizers(finalizers);
    }

    private void edit(ResourceDefinitionContext context, String namespace, String name, Consumer<ObjectMeta> change) {
        GenericKubernetesResource current = resource(context, namespace, name).get();
        if (current != null) {
            change.accept(current.getMetadata());
            client.genericKubernetesResources(context)
                    .inNamespace(namespace)
                    .resource(current)
                    .update();
        }
    }

    private Resource<GenericKubernetesResource> resource(
            ResourceDefinitionContext context, String namespace, String name) {
        return client.genericKubernetesResources(context).inNamespace(namespace).withName(name);
    }
}
