package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink clusters as pods of a real Kubernetes: native application clusters, made by Flink's own client. Clusters outlive
 * this object, as they outlive the operator; only the result of a stop that it was asked for is lost with it.
 */
public final class PodFlink implements FlinkRuntime, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodFlink.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final HaMetadata haMetadata;
    private final FlinkClient flink;
    private final Map<DeploymentKey, Seen> seen = new ConcurrentHashMap<>();
    private final Map<DeploymentKey, RuntimeFacts.StopOutcome> stops = new ConcurrentHashMap<>();
    private final Map<String, String> triggered = new ConcurrentHashMap<>();
    private final Set<DeploymentKey> submitting = ConcurrentHashMap.newKeySet();
    private final Set<DeploymentKey> leaving = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor;
    private volatile Listener listener;

    /** What is announced when it changes. */
    private record Seen(RuntimeFacts.JobManagerPod pod, Optional<RuntimeFacts.PodTrouble> trouble) {}

    /**
     * Client stays the caller's.
     *
     * @param home of a Flink distribution, for its client
     * @param folder for pod templates and the client's output
     */
    public PodFlink(KubernetesClient client, Path home, Path folder) {
        this.client = client;
        this.haMetadata = new HaMetadata(client);
        this.flink = new FlinkClient(home, folder);
        this.executor = new ScheduledThreadPoolExecutor(4, task -> {
            Thread thread = new Thread(task, "pod-flink");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(this::probe, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public RuntimeFacts look(DeploymentKey key, Optional<String> jobId) {
        PodCluster cluster = cluster(key);
        RuntimeFacts.JobManagerPod pod = pod(key, cluster);
        seen.putIfAbsent(key, new Seen(pod, Optional.empty()));
        return new RuntimeFacts(
                pod,
                cluster.trouble(),
                answer(cluster, pod, jobId),
                jobId.filter(id -> haMetadata.of(key, id)).isPresent(),
                cluster.generation(),
                Optional.ofNullable(stops.get(key)),
                cluster.flinkVersion());
    }

    /** The client takes seconds until it has made the Deployment, which counts as made. */
    private RuntimeFacts.JobManagerPod pod(DeploymentKey key, PodCluster cluster) {
        RuntimeFacts.JobManagerPod found = cluster.jobManagerPod();
        return found == RuntimeFacts.JobManagerPod.ABSENT && submitting.contains(key)
                ? RuntimeFacts.JobManagerPod.STARTING
                : found;
    }

    private static RuntimeFacts.RestAnswer answer(
            PodCluster cluster, RuntimeFacts.JobManagerPod pod, Optional<String> jobId) {
        if (pod != RuntimeFacts.JobManagerPod.AVAILABLE) {
            return new RuntimeFacts.Silent(true);
        }
        return jobId.isEmpty()
                ? new RuntimeFacts.NoJob()
                : cluster.rest()
                        .flatMap(jobManager -> jobManager.answer(jobId.get()))
                        .orElseGet(() -> new RuntimeFacts.Silent(true));
    }

    @Override
    public void deploy(DeploymentKey key, Effect.Start start) {
        stops.remove(key);
        submitting.add(key);
        seen.put(key, new Seen(RuntimeFacts.JobManagerPod.STARTING, Optional.empty()));
        later(Duration.ZERO, () -> submit(key, start));
    }

    private void submit(DeploymentKey key, Effect.Start start) {
        try {
            flink.submit(key, start);
            LOG.info("Started {} for generation {}", key, start.generation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            submitting.remove(key);
        }
    }

    @Override
    public void remove(DeploymentKey key, boolean keepHaMetadata) {
        leaving.add(key);
        later(Duration.ZERO, () -> {
            client.apps()
                    .deployments()
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            awaitGone(key, keepHaMetadata);
        });
    }

    private void awaitGone(DeploymentKey key, boolean keepHaMetadata) {
        if (!cluster(key).gone()) {
            later(POLL, () -> awaitGone(key, keepHaMetadata));
            return;
        }
        if (!keepHaMetadata) {
            haMetadata.delete(key);
        }
        seen.remove(key);
        leaving.remove(key);
        listener.answered(key);
    }

    @Override
    public void stop(DeploymentKey key, String jobId, String directory) {
        stops.remove(key);
        JobManagerRest jobManager = jobManager(key);
        later(Duration.ZERO, () -> {
            stops.put(key, jobManager.stop(jobId, directory));
            listener.answered(key);
        });
    }

    @Override
    public void cancel(DeploymentKey key, String jobId) {
        jobManager(key).rest().cancel(jobId);
    }

    @Override
    public void trigger(DeploymentKey key, String jobId, String triggerId, StateSnapshot.Kind kind, String directory) {
        if (kind == StateSnapshot.Kind.CHECKPOINT) {
            throw new NotRecorded("a FlinkStateSnapshot of kind checkpoint on a cluster of pods");
        }
        JobManagerRest jobManager = jobManager(key);
        later(
                Duration.ZERO,
                () -> jobManager.savepoint(jobId, directory).ifPresent(path -> triggered.put(triggerId, path)));
    }

    @Override
    public Optional<String> triggered(DeploymentKey key, String triggerId) {
        return Optional.ofNullable(triggered.get(triggerId));
    }

    /** The pods' volume is mounted where this runs. */
    @Override
    public void dispose(DeploymentKey key, String path) {
        try {
            FolderTree.delete(Path.of(URI.create(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("The savepoint " + path + " cannot be deleted", e);
        }
    }

    @Override
    public void onChange(Listener newListener) {
        listener = newListener;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void probe() {
        seen.forEach((key, before) -> {
            try {
                PodCluster cluster = cluster(key);
                Seen now = new Seen(pod(key, cluster), cluster.trouble());
                if (!now.equals(before) && !leaving.contains(key) && seen.replace(key, before, now)) {
                    listener.podChanged(key);
                }
            } catch (RuntimeException e) {
                // A periodic task that throws is never run again; an API server that is away is back at a later one.
                LOG.debug("{} cannot be looked at", key, e);
            }
        });
    }

    private PodCluster cluster(DeploymentKey key) {
        return new PodCluster(client, key);
    }

    private JobManagerRest jobManager(DeploymentKey key) {
        return cluster(key).rest().orElseThrow(() -> new IllegalStateException(key + " has no REST service"));
    }

    private void later(Duration delay, Runnable task) {
        executor.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        listener.failed(e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
