package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FolderTree;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink clusters as real processes of this machine. Their HA ConfigMaps are made by Flink itself on the API server.
 * Clusters outlive the operator double; {@link #close} ends them all.
 */
public final class ProcessFlink implements FlinkRuntime, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFlink.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final HaMetadata haMetadata;
    private final ProcessLedger ledger;
    private final ProcessFlinkSettings settings;
    private final Map<DeploymentKey, ProcessCluster> clusters = new ConcurrentHashMap<>();
    private final Map<String, String> triggered = new ConcurrentHashMap<>();
    private final Set<String> mountedOnce = new HashSet<>();
    private final ScheduledThreadPoolExecutor executor;
    private final PublishedPods pods;
    private volatile Listener listener;

    /** Client and ledger stay the caller's. */
    public ProcessFlink(KubernetesClient client, ProcessLedger ledger, ProcessFlinkSettings settings) {
        this.client = client;
        this.haMetadata = new HaMetadata(client);
        this.ledger = ledger;
        this.settings = settings;
        this.pods = new PublishedPods(new ApiServerPods(client));
        this.executor = new ScheduledThreadPoolExecutor(4, task -> {
            Thread thread = new Thread(task, "process-flink");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledExecutorService timer = executor;
        timer.scheduleWithFixedDelay(this::probe, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The processes of a FlinkDeployment, for people and for tests that kill them. */
    public Optional<FlinkCluster> cluster(DeploymentKey key) {
        return Optional.ofNullable(clusters.get(key)).flatMap(ProcessCluster::processes);
    }

    @Override
    public RuntimeFacts look(DeploymentKey key, Optional<String> jobId) {
        boolean ha = jobId.filter(id -> haMetadata.of(key, id)).isPresent();
        ProcessCluster cluster = clusters.get(key);
        return cluster == null
                ? new RuntimeFacts(
                        RuntimeFacts.JobManagerPod.ABSENT,
                        Optional.empty(),
                        new RuntimeFacts.Silent(false),
                        ha,
                        OptionalLong.empty(),
                        Optional.empty(),
                        "")
                : cluster.facts(jobId, ha);
    }

    @Override
    public void deploy(DeploymentKey key, Effect.Start start) {
        FlinkImage image = settings.images().get(start.spec().image());
        ProcessCluster cluster = new ProcessCluster(key, start, image, settings);
        clusters.put(key, cluster);
        if (image == null) {
            later(
                    settings.pullFailure(),
                    () -> trouble(key, cluster, pullFailure(start.spec().image())));
        } else if (mountedOnce.add(key.toString())) {
            // The first pod of a deployment is scheduled before its pod template exists: an ERROR that heals by itself.
            trouble(
                    key,
                    cluster,
                    "MountVolume.SetUp failed for volume \"pod-template-volume\" : configmap " + "\"pod-template-"
                            + key.name() + "\" not found",
                    "FailedMount");
            later(POLL.multipliedBy(2), () -> launch(key, cluster));
        } else {
            later(Duration.ZERO, () -> launch(key, cluster));
        }
    }

    @Override
    public void remove(DeploymentKey key, boolean keepHaMetadata) {
        ProcessCluster cluster = clusters.get(key);
        cluster.leaving = true;
        later(Duration.ZERO, () -> {
            cluster.shutDown();
            if (!keepHaMetadata) {
                haMetadata.delete(key);
            }
            clusters.remove(key, cluster);
            listener.answered(key);
            pods.jobManagerGone(key);
            pods.taskManagersLeave(key).run();
        });
    }

    @Override
    public void stop(DeploymentKey key, String jobId, String directory) {
        ProcessCluster cluster = clusters.get(key);
        cluster.stop = Optional.empty();
        later(Duration.ZERO, () -> {
            cluster.stop = Optional.of(cluster.jobManager().stop(jobId, directory));
            listener.answered(key);
        });
    }

    @Override
    public void cancel(DeploymentKey key, String jobId) {
        clusters.get(key).jobManager().rest().cancel(jobId);
    }

    @Override
    public void trigger(DeploymentKey key, String jobId, String triggerId, StateSnapshot.Kind kind, String directory) {
        if (kind == StateSnapshot.Kind.CHECKPOINT) {
            throw new NotRecorded("a FlinkStateSnapshot of kind checkpoint on a cluster of processes");
        }
        JobManagerRest jobManager = clusters.get(key).jobManager();
        later(
                Duration.ZERO,
                () -> jobManager.savepoint(jobId, directory).ifPresent(path -> triggered.put(triggerId, path)));
    }

    @Override
    public Optional<String> triggered(DeploymentKey key, String triggerId) {
        return Optional.ofNullable(triggered.get(triggerId));
    }

    @Override
    public void dispose(DeploymentKey key, String path) {
        if (!path.startsWith("file:")) {
            throw new NotRecorded("the disposal of " + path);
        }
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

    /** Ends all clusters. */
    @Override
    public void close() {
        executor.shutdownNow();
        clusters.values().forEach(ProcessCluster::shutDown);
        clusters.clear();
    }

    private void launch(DeploymentKey key, ProcessCluster cluster) {
        if (clusters.get(key) != cluster) {
            return;
        }
        try {
            cluster.launch(client, ledger);
            pods.jobManager(key, false, Optional.empty());
            pods.taskManagers(key, cluster.taskManagers());
        } catch (PodFiles.Missing e) {
            trouble(key, cluster, "MountVolume.SetUp failed for volume : " + e.getMessage(), "FailedMount");
            later(POLL.multipliedBy(5), () -> launch(key, cluster));
        }
    }

    private void trouble(DeploymentKey key, ProcessCluster cluster, String message) {
        trouble(key, cluster, message, "ErrImagePull");
    }

    private void trouble(DeploymentKey key, ProcessCluster cluster, String message, String reason) {
        Optional<RuntimeFacts.PodTrouble> now = Optional.of(new RuntimeFacts.PodTrouble(reason, message));
        if (!now.equals(cluster.trouble)) {
            cluster.trouble = now;
            listener.podChanged(key);
            pods.jobManager(key, false, now);
        }
    }

    private void probe() {
        showPods();
        clusters.forEach((key, cluster) -> {
            try {
                if (cluster.probe()) {
                    listener.podChanged(key);
                    pods.jobManager(key, cluster.available(), cluster.trouble);
                }
            } catch (RuntimeException e) {
                // A periodic task that throws is never run again.
                listener.failed(e);
            }
        });
    }

    /** An API server that was away meanwhile learns of what it has missed. */
    private void showPods() {
        try {
            pods.show();
        } catch (KubernetesClientException e) {
            LOG.debug("Pods are shown later", e);
        }
    }

    private static String pullFailure(String image) {
        return "[flink-main-container] failed to pull and unpack image \"" + image
                + "\": failed to resolve reference \"" + image + "\": not found";
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
