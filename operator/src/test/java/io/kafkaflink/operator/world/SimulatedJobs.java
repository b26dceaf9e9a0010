package io.kafkaflink.operator.world;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.kafkaflink.doubles.VirtualClock;
import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.flink.ClusterPod;
import io.kafkaflink.doubles.flink.DeploymentKey;
import io.kafkaflink.doubles.flink.Effect;
import io.kafkaflink.doubles.flink.FlinkDeployment;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.FlinkSimulation;
import io.kafkaflink.doubles.flink.FlinkSpec;
import io.kafkaflink.doubles.flink.FlinkStatus;
import io.kafkaflink.doubles.flink.InMemoryFlinkStore;
import io.kafkaflink.doubles.flink.Outage;
import io.kafkaflink.doubles.flink.SimulatedTimes;
import io.kafkaflink.doubles.flink.StateSnapshot;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.Observed;
import io.kafkaflink.operator.observe.PodTrouble;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FlinkDeployments of both slots with their ConfigMaps and pods, the Flink operator double and simulated Flink. */
final class SimulatedJobs implements InMemoryFlinkStore.Watcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MAP = Pattern.compile("p1-[ab]-([0-9a-f]{32})-config-map");
    private static final Pattern CHECKPOINT = Pattern.compile("checkpointID-0*([0-9]+)");

    /** What a FlinkDeployment has that the double does not know. */
    private record Written(Map<String, Object> spec, Map<String, String> annotations, Instant createdAt) {}

    final FlinkSimulation simulation;
    private final PipelineId id;
    private final VirtualClock clock;
    private final Map<String, Long> checkpoints = new TreeMap<>();
    private final Map<Slot, Written> written = new EnumMap<>(Slot.class);
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, GoOrder> goes = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long version;

    SimulatedJobs(PipelineId id, VirtualClock clock, String... images) {
        this.id = id;
        this.clock = clock;
        this.simulation = new FlinkSimulation(clock, SimulatedTimes.real(), FlinkOperatorSettings.real());
        this.simulation.store().watch(this);
        for (String image : images) {
            simulation.flink().knowsImage(image, "2.2.1");
        }
    }

    DeploymentKey key(Slot slot) {
        return new DeploymentKey(id.namespace(), slot.deploymentName(id));
    }

    Optional<FlinkDeployment> resource(Slot slot) {
        return simulation.store().deployment(key(slot));
    }

    /** Of all that changes here. */
    long version() {
        return version;
    }

    /** Of a FlinkDeployment, or of its handover ConfigMap; null when it is not there. */
    String version(Slot slot) {
        return resource(slot).isPresent() ? versionOf(key(slot).name()) : null;
    }

    String handoverVersion(Slot slot) {
        boolean there = simulation.store().handover(key(slot)).isPresent();
        return there ? versionOf(HandoverKeys.configMapName(key(slot).name())) : null;
    }

    private String versionOf(String name) {
        return Long.toString(versions.getOrDefault(name, 0L));
    }

    /** What server-side apply does. */
    void apply(Slot slot, GenericKubernetesResource wanted) {
        Map<String, Object> spec =
                JSON.convertValue(wanted.getAdditionalProperties().get("spec"), new TypeReference<>() {});
        judge(slot, spec);
        Written old = written.get(slot);
        boolean present = resource(slot).isPresent();
        Map<String, String> annotations = new TreeMap<>(present ? old.annotations() : Map.of());
        annotations.putAll(wanted.getMetadata().getAnnotations());
        written.put(slot, new Written(spec, annotations, present ? old.createdAt() : clock.instant()));
        changed(key(slot).name());
        FlinkSpec parsed = FlinkSpec.of(JSON.valueToTree(spec));
        if (present) {
            simulation.store().edit(key(slot), before -> parsed);
        } else {
            simulation.store().create(key(slot), parsed);
        }
    }

    private void judge(Slot slot, Map<String, Object> spec) {
        if (spec.get("job") instanceof Map<?, ?> job && Boolean.TRUE.equals(job.get("allowNonRestoredState"))) {
            faults.add(clock.instant() + ": slot " + slot + " may drop any state at any start");
        }
    }

    /** Somebody else edits a field of ours. */
    void meddle(Slot slot, String field, Object value) {
        GenericKubernetesResource other = new GenericKubernetesResource();
        Map<String, Object> spec = new TreeMap<>(written.get(slot).spec());
        spec.put(field, value);
        other.setMetadata(new ObjectMetaBuilder()
                .withAnnotations(written.get(slot).annotations())
                .build());
        other.setAdditionalProperty("spec", spec);
        apply(slot, other);
    }

    void delete(Slot slot) {
        if (resource(slot).isPresent()) {
            changed(key(slot).name());
            simulation.store().delete(key(slot));
        }
    }

    /** Server-side apply of the operator's keys. */
    void applyHandover(Slot slot, ArmOrder order, Optional<GoOrder> go) {
        go.ifPresent(this::judge);
        applyHandover(slot, handoverKeys(order, go));
    }

    /** The same with the keys as they are. */
    void applyHandover(Slot slot, Map<String, String> keys) {
        simulation.store().applyHandover(key(slot), keys);
    }

    /** The operator's keys. */
    static Map<String, String> handoverKeys(ArmOrder order, Optional<GoOrder> go) {
        Map<String, String> keys = new HashMap<>();
        keys.put(HandoverKeys.ORDER, HandoverJson.write(order));
        keys.put(HandoverKeys.GO, go.map(HandoverJson::write).orElse(null));
        return keys;
    }

    /** A job is told once where to start, and an upgrade gives one job the go. */
    private void judge(GoOrder go) {
        GoOrder before = goes.putIfAbsent(go.upgradeId() + " " + go.jobId(), go);
        if (before != null && !before.equals(go)) {
            faults.add(clock.instant() + ": job " + go.jobId() + " is told " + go + " after " + before);
        }
    }

    void deleteHandover(Slot slot) {
        simulation.store().deleteHandover(key(slot));
    }

    /** Jobs of a slot behave so in the next deploys. */
    void behave(Slot slot, Behaviour behaviour, int deploys) {
        simulation
                .flink()
                .script(key(slot), Collections.nCopies(deploys, behaviour).toArray(Behaviour[]::new));
    }

    /** State of the job of a slot; empty where there is none. */
    Optional<io.kafkaflink.doubles.flink.FlinkJobState> state(Slot slot) {
        return simulation.flink().state(key(slot));
    }

    /** The job completes no checkpoint any more. */
    void failCheckpoints(Slot slot) {
        simulation.flink().failCheckpoints(key(slot));
    }

    /** What makes a job restart for ever is gone. */
    void mend(Slot slot) {
        simulation.flink().mendJob(key(slot));
    }

    /** A running job has read everything up to its end. */
    void finish(Slot slot) {
        if (state(slot).isPresent()) {
            simulation.flink().finish(key(slot));
        }
    }

    /** Its tasks run. */
    boolean runs(Slot slot) {
        return state(slot)
                .filter(io.kafkaflink.doubles.flink.FlinkJobState.RUNNING::equals)
                .isPresent();
    }

    /** Nothing happens where there is none. */
    void killJobManager(Slot slot, Outage outage) {
        if (simulation.store().pods(key(slot)).stream()
                .anyMatch(pod -> pod.role() == ClusterPod.Role.JOBMANAGER && pod.ready())) {
            simulation.flink().killJobManager(key(slot), outage);
        }
    }

    /** Writes that must never be made, in words. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    Map<Slot, FlinkJobState> seen() {
        Map<Slot, FlinkJobState> seen = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            resource(slot).ifPresent(found -> seen.put(slot, seen(slot, found)));
        }
        return seen;
    }

    private FlinkJobState seen(Slot slot, FlinkDeployment found) {
        Written ours = written.get(slot);
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(found.key().name())
                .withNamespace(found.key().namespace())
                .withAnnotations(ours.annotations())
                .withGeneration(found.generation())
                .withResourceVersion(version(slot))
                .withCreationTimestamp(ours.createdAt().toString())
                .withDeletionTimestamp(found.deleting() ? clock.instant().toString() : null)
                .build());
        resource.setAdditionalProperty("spec", ours.spec());
        resource.setAdditionalProperty(
                "status", found.status().map(SimulatedJobs::map).orElse(null));
        return Observed.flinkJob(resource);
    }

    private static Map<String, Object> map(FlinkStatus status) {
        return JSON.convertValue(status.json(), new TypeReference<Map<String, Object>>() {});
    }

    Map<Slot, HandoverState> handovers() {
        Map<Slot, HandoverState> seen = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            simulation.store().handover(key(slot)).ifPresent(data -> seen.put(slot, handover(slot, data)));
        }
        return seen;
    }

    private HandoverState handover(Slot slot, Map<String, String> data) {
        return Observed.handover(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(id.namespace())
                .withName(HandoverKeys.configMapName(key(slot).name()))
                .withResourceVersion(handoverVersion(slot))
                .endMetadata()
                .withData(data)
                .build());
    }

    Map<Slot, Integer> podsLeft() {
        Map<Slot, Integer> left = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            int pods = simulation.store().pods(key(slot)).size();
            if (pods > 0) {
                left.put(slot, pods);
            }
        }
        return left;
    }

    Map<Slot, List<PodTrouble>> podTroubles(Map<Slot, FlinkJobState> seen) {
        Map<Slot, List<PodTrouble>> troubles = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            List<Pod> pods = simulation.store().pods(key(slot)).stream()
                    .map(pod -> pod.resource(key(slot)))
                    .toList();
            List<PodTrouble> found = Observed.podTroubles(pods, Optional.ofNullable(seen.get(slot)), id.namespace());
            if (!found.isEmpty()) {
                troubles.put(slot, found);
            }
        }
        return troubles;
    }

    Map<String, Long> checkpoints() {
        return Map.copyOf(checkpoints);
    }

    List<StopSavepoint> savepoints() {
        return simulation.store().snapshots().stream()
                .filter(snapshot -> snapshot.state()
                        .filter(StateSnapshot.State.COMPLETED::equals)
                        .isPresent())
                .map(snapshot -> new StopSavepoint(
                        snapshot.deployment(),
                        snapshot.path().orElseThrow(),
                        Instant.parse(snapshot.resultTimestamp().orElseThrow())))
                .sorted(Comparator.comparing(StopSavepoint::completedAt))
                .toList();
    }

    /** What there is, apart from times and ids. */
    List<String> brief() {
        List<String> brief = new ArrayList<>();
        seen().forEach((slot, job) ->
                brief.add(slot + " " + job.revision() + " " + job.job() + " " + job.desiredState()));
        handovers().keySet().forEach(slot -> brief.add(slot + " has a handover"));
        return brief;
    }

    private void changed(String name) {
        versions.put(name, ++version);
    }

    @Override
    public void changed(FlinkDeployment deployment, boolean byUser) {
        changed(deployment.key().name());
    }

    @Override
    public void gone(FlinkDeployment deployment) {
        changed(deployment.key().name());
    }

    @Override
    public void handover(DeploymentKey key) {
        changed(HandoverKeys.configMapName(key.name()));
    }

    @Override
    public void pod(DeploymentKey key) {
        version++;
    }

    @Override
    public void snapshot(StateSnapshot snapshot, boolean gone) {
        version++;
    }

    @Override
    public void haConfigMap(DeploymentKey key, String name, Optional<Map<String, String>> data) {
        Matcher map = MAP.matcher(name);
        if (!map.matches()) {
            return;
        }
        String job = map.group(1);
        if (data.isEmpty()) {
            checkpoints.remove(job);
            return;
        }
        data.get().keySet().stream()
                .map(CHECKPOINT::matcher)
                .filter(Matcher::matches)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .ifPresent(newest -> checkpoints.put(job, newest));
    }

    @Override
    public void event(DeploymentKey key, Effect.Publish event) {
        // For people.
    }
}
