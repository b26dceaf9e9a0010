package io.kafkaflink.rehearsal.upgrade;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.rehearsal.stage.FlinkSide;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Follows the handover ConfigMaps and the FlinkDeployments of a namespace and notes when each thing appeared. */
final class HandoverWatch implements AutoCloseable {
    private static final String SUFFIX = "-handover";
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String namespace;
    private final FlinkSide flink;
    private final Deque<AutoCloseable> informers = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final Map<String, String> newest = new HashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<String, Boolean> suspended = new HashMap<>();
    private final List<StopRequest> stops = new ArrayList<>();
    private final Map<String, Instant> running = new HashMap<>();

    /** A document that appeared under a key. */
    private record Sighting(String deployment, String key, String json, Instant at) {}

    /** A FlinkDeployment that was asked to suspend. */
    private record StopRequest(String deployment, Instant at) {}

    HandoverWatch(KubernetesClient client, String namespace, FlinkSide flink) {
        this.namespace = namespace;
        this.flink = flink;
        informers.push(client.configMaps().inNamespace(namespace).inform(new Changes<>(this::documents)));
        informers.push(client.genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
                .inNamespace(namespace)
                .inform(new Changes<>(this::deployment)));
        clock.scheduleWithFixedDelay(this::lookForTasks, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void documents(ConfigMap map) {
        String name = map.getMetadata().getName();
        if (!name.endsWith(SUFFIX) || map.getData() == null) {
            return;
        }
        String deployment = name.substring(0, name.length() - SUFFIX.length());
        map.getData().forEach((key, json) -> {
            if (!json.equals(newest.put(name + "/" + key, json))) {
                sightings.add(new Sighting(deployment, key, json, Instant.now()));
            }
        });
    }

    private synchronized void deployment(GenericKubernetesResource resource) {
        String name = resource.getMetadata().getName();
        boolean now = "suspended".equals(resource.get("spec", "job", "state"));
        Boolean before = suspended.put(name, now);
        if (now && Boolean.FALSE.equals(before)) {
            stops.add(new StopRequest(name, Instant.now()));
        }
    }

    /** Asked outside of the lock: a JobManager may take its time to answer. */
    private void lookForTasks() {
        List<Sighting> started;
        synchronized (this) {
            started = sightings.stream()
                    .filter(seen -> seen.key().equals(HandoverKeys.RESULT))
                    .filter(seen -> !running.containsKey(seen.json()))
                    .toList();
        }
        started.forEach(seen -> read(seen, GoResult.class).ifPresent(result -> {
            boolean refused = result.outcome() == GoResult.Outcome.Refused;
            if (!refused && flink.allTasksRunning(namespace, seen.deployment(), result.jobId())) {
                synchronized (this) {
                    running.put(seen.json(), Instant.now());
                }
            }
        }));
    }

    /**
     * The takeovers by FlinkDeployments of a pipeline since a moment, in order. A job that says once more that it is armed
     * has waited since the first time.
     *
     * @param pipeline name of the pipeline
     */
    synchronized List<Takeover> since(String pipeline, Instant since) {
        Map<String, Takeover> byJob = new LinkedHashMap<>();
        sightings.stream()
                .filter(seen -> seen.key().equals(HandoverKeys.ARMED))
                .filter(seen -> seen.deployment().startsWith(pipeline + "-"))
                .filter(seen -> seen.at().isAfter(since))
                .forEach(armed -> read(armed, ArmVerdict.class)
                        .ifPresent(verdict -> byJob.computeIfAbsent(verdict.jobId(), job -> takeover(armed, verdict))));
        return List.copyOf(byJob.values());
    }

    private Takeover takeover(Sighting armed, ArmVerdict verdict) {
        Optional<Sighting> go = find(armed, HandoverKeys.GO, GoOrder.class, GoOrder::jobId, verdict.jobId());
        Optional<Sighting> result = find(armed, HandoverKeys.RESULT, GoResult.class, GoResult::jobId, verdict.jobId());
        Optional<Sighting> verified =
                find(armed, HandoverKeys.VERIFIED, Verification.class, Verification::jobId, verdict.jobId());
        Optional<Instant> stop = stops.stream()
                .filter(asked -> !asked.deployment().equals(armed.deployment()))
                .map(StopRequest::at)
                .filter(at -> at.isAfter(armed.at()))
                .findFirst();
        return new Takeover(
                armed.deployment(),
                verdict,
                armed.at(),
                stop,
                go.map(Sighting::at),
                result.flatMap(seen -> read(seen, GoResult.class)),
                result.map(Sighting::at),
                result.map(seen -> running.get(seen.json())),
                verified.map(Sighting::at));
    }

    private <T extends HandoverDocument> Optional<Sighting> find(
            Sighting armed, String key, Class<T> type, Function<T, String> job, String jobId) {
        return sightings.stream()
                .filter(seen -> seen.deployment().equals(armed.deployment()))
                .filter(seen -> seen.key().equals(key))
                .filter(seen -> read(seen, type).map(job).filter(jobId::equals).isPresent())
                .findFirst();
    }

    private static <T extends HandoverDocument> Optional<T> read(Sighting seen, Class<T> type) {
        return HandoverJson.read(seen.json(), type) instanceof Reading.Found<T> found
                ? Optional.of(found.document())
                : Optional.empty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        informers.forEach(informer -> {
            try {
                informer.close();
            } catch (Exception failed) {
                throw new IllegalStateException("an informer could not be closed", failed);
            }
        });
    }

    /** Additions and changes alike. */
    private static final class Changes<T> implements ResourceEventHandler<T> {
        private final Consumer<T> receiver;

        Changes(Consumer<T> receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onAdd(T added) {
            receiver.accept(added);
        }

        @Override
        public void onUpdate(T before, T now) {
            receiver.accept(now);
        }

        @Override
        public void onDelete(T gone, boolean finalStateUnknown) {
            // What has appeared stays noted.
        }
    }
}
