package io.kafkaflink.doubles.flink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * FlinkDeployments, snapshots and HA ConfigMaps in memory, with what matters of an API server: generations move with the
 * spec and with a deletion that finalizers hold up. Users act through {@code create}, {@code edit} and {@code delete}.
 */
public final class InMemoryFlinkStore implements FlinkStore, ClusterObjects {

    /** Sees every change, as a watch would. */
    public interface Watcher {

        /** A FlinkDeployment was added or changed. */
        void changed(FlinkDeployment deployment, boolean byUser);

        /** A FlinkDeployment is gone. */
        void gone(FlinkDeployment deployment);

        /** A snapshot was added, changed, or is gone. */
        void snapshot(StateSnapshot snapshot, boolean gone);

        /** An HA ConfigMap was written, or is gone when {@code data} is empty. */
        void haConfigMap(DeploymentKey key, String name, Optional<Map<String, String>> data);

        /** The handover ConfigMap of a FlinkDeployment was written, or is gone. */
        default void handover(DeploymentKey key) {}

        /** A pod was added or changed, or is gone. */
        default void pod(DeploymentKey key) {}

        /** An Event was published. */
        void event(DeploymentKey key, Effect.Publish event);
    }

    private final Map<DeploymentKey, FlinkDeployment> deployments = new LinkedHashMap<>();
    private final Map<String, StateSnapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> configMaps = new LinkedHashMap<>();
    private final Map<DeploymentKey, Map<String, String>> handovers = new LinkedHashMap<>();
    private final Map<DeploymentKey, Map<String, ClusterPod>> pods = new LinkedHashMap<>();
    private int created;
    private final List<Watcher> watchers = new ArrayList<>();

    /** Adds a watcher; it sees changes from now on. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** A user creates a FlinkDeployment. */
    public void create(DeploymentKey key, FlinkSpec spec) {
        String uid = UUID.nameUUIDFromBytes((key + "/" + ++created).getBytes(StandardCharsets.UTF_8))
                .toString();
        put(new FlinkDeployment(key, uid, 1, false, false, spec, Optional.empty()), true);
    }

    /** Puts a FlinkDeployment into the middle of its life. */
    public void restore(FlinkDeployment deployment) {
        deployments.put(deployment.key(), deployment);
    }

    /** Puts a snapshot that has been there before. */
    public void restore(StateSnapshot snapshot) {
        snapshots.put(id(snapshot.namespace(), snapshot.name()), snapshot);
    }

    /** A user changes the spec; an equal spec changes nothing. */
    public void edit(DeploymentKey key, UnaryOperator<FlinkSpec> edit) {
        FlinkDeployment old = deployments.get(key);
        FlinkSpec spec = edit.apply(old.spec());
        if (!spec.equals(old.spec())) {
            put(
                    new FlinkDeployment(
                            key,
                            old.uid(),
                            old.generation() + 1,
                            old.deleting(),
                            old.hasFinalizer(),
                            spec,
                            old.status()),
                    true);
        }
    }

    /** A user deletes a FlinkDeployment. */
    public void delete(DeploymentKey key) {
        FlinkDeployment old = deployments.get(key);
        if (!old.hasFinalizer()) {
            remove(old);
        } else if (!old.deleting()) {
            put(new FlinkDeployment(key, old.uid(), old.generation() + 1, true, true, old.spec(), old.status()), true);
        }
    }

    /** All FlinkDeployments. */
    public List<FlinkDeployment> deployments() {
        return List.copyOf(deployments.values());
    }

    /** All snapshots. */
    public List<StateSnapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    /** HA ConfigMap by name. */
    public Optional<Map<String, String>> configMap(DeploymentKey key, String name) {
        return Optional.ofNullable(configMaps.get(id(key.namespace(), name)));
    }

    /** A user writes the handover ConfigMap; null deletes a key. */
    public void applyHandover(DeploymentKey key, Map<String, String> keys) {
        Map<String, String> data = handovers.computeIfAbsent(key, k -> new LinkedHashMap<>());
        keys.forEach((dataKey, value) -> {
            if (value == null) {
                data.remove(dataKey);
            } else {
                data.put(dataKey, value);
            }
        });
        watchers.forEach(watcher -> watcher.handover(key));
    }

    /** A user deletes the handover ConfigMap. */
    public void deleteHandover(DeploymentKey key) {
        if (handovers.remove(key) != null) {
            watchers.forEach(watcher -> watcher.handover(key));
        }
    }

    /** Pods of a FlinkDeployment. */
    public List<ClusterPod> pods(DeploymentKey key) {
        return List.copyOf(pods.getOrDefault(key, Map.of()).values());
    }

    @Override
    public Optional<Map<String, String>> handover(DeploymentKey key) {
        return Optional.ofNullable(handovers.get(key)).map(Map::copyOf);
    }

    @Override
    public void report(DeploymentKey key, String dataKey, String value) {
        if (handovers.containsKey(key)) {
            applyHandover(key, Map.of(dataKey, value));
        }
    }

    @Override
    public void put(DeploymentKey key, ClusterPod pod) {
        pods.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(pod.name(), pod);
        watchers.forEach(watcher -> watcher.pod(key));
    }

    @Override
    public Optional<FlinkDeployment> deployment(DeploymentKey key) {
        return Optional.ofNullable(deployments.get(key));
    }

    @Override
    public void writeStatus(DeploymentKey key, FlinkStatus status) {
        FlinkDeployment old = deployments.get(key);
        if (old != null) {
            put(old.with(status), false);
        }
    }

    @Override
    public void addFinalizer(DeploymentKey key) {
        FlinkDeployment old = deployments.get(key);
        put(
                new FlinkDeployment(key, old.uid(), old.generation(), old.deleting(), true, old.spec(), old.status()),
                false);
    }

    @Override
    public void removeFinalizer(DeploymentKey key) {
        FlinkDeployment old = deployments.get(key);
        if (old != null && old.deleting()) {
            remove(old);
        }
    }

    @Override
    public void publish(DeploymentKey key, Effect.Publish event) {
        watchers.forEach(watcher -> watcher.event(key, event));
    }

    @Override
    public List<StateSnapshot> snapshots(DeploymentKey key) {
        return snapshots.values().stream()
                .filter(s ->
                        s.namespace().equals(key.namespace()) && s.deployment().equals(key.name()))
                .toList();
    }

    @Override
    public Optional<StateSnapshot> snapshot(String namespace, String name) {
        return Optional.ofNullable(snapshots.get(id(namespace, name)));
    }

    @Override
    public void create(StateSnapshot snapshot) {
        write(snapshot);
    }

    @Override
    public void write(StateSnapshot snapshot) {
        snapshots.put(id(snapshot.namespace(), snapshot.name()), snapshot);
        watchers.forEach(watcher -> watcher.snapshot(snapshot, false));
    }

    @Override
    public void delete(StateSnapshot snapshot) {
        snapshots.remove(id(snapshot.namespace(), snapshot.name()));
        watchers.forEach(watcher -> watcher.snapshot(snapshot, true));
    }

    @Override
    public void removeFinalizer(StateSnapshot snapshot) {
        delete(snapshot);
    }

    @Override
    public void put(DeploymentKey key, String name, Map<String, String> data) {
        configMaps.put(id(key.namespace(), name), data);
        watchers.forEach(watcher -> watcher.haConfigMap(key, name, Optional.of(data)));
    }

    @Override
    public void deletePod(DeploymentKey key, String pod) {
        if (pods.getOrDefault(key, new LinkedHashMap<>()).remove(pod) != null) {
            watchers.forEach(watcher -> watcher.pod(key));
        }
    }

    @Override
    public void delete(DeploymentKey key, String name) {
        if (configMaps.remove(id(key.namespace(), name)) != null) {
            watchers.forEach(watcher -> watcher.haConfigMap(key, name, Optional.empty()));
        }
    }

    private void put(FlinkDeployment deployment, boolean byUser) {
        deployments.put(deployment.key(), deployment);
        watchers.forEach(watcher -> watcher.changed(deployment, byUser));
    }

    private void remove(FlinkDeployment deployment) {
        deployments.remove(deployment.key());
        watchers.forEach(watcher -> watcher.gone(deployment));
    }

    private static String id(String namespace, String name) {
        return namespace + "/" + name;
    }
}
