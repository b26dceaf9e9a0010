package io.kafkaflink.doubles.flink;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What happens to simulated clusters by itself, one planned transition after another. */
final class ClusterLife {

    private final Clock clock;
    private final SimulatedTimes times;
    private final Timeline timeline;
    private final SimulatedCheckpoints checkpoints;
    final Map<DeploymentKey, SimulatedCluster> clusters = new HashMap<>();
    Predicate<String> unwritable = directory -> false;
    boolean stopsHang;
    FlinkRuntime.Listener listener;

    ClusterLife(Clock clock, SimulatedTimes times, Timeline timeline, SimulatedCheckpoints checkpoints) {
        this.clock = clock;
        this.times = times;
        this.timeline = timeline;
        this.checkpoints = checkpoints;
    }

    /** Unless the cluster is another one or something has made plans void by then. */
    void plan(SimulatedCluster cluster, Duration in, Transition transition, DeploymentKey key) {
        int epoch = cluster.epoch;
        timeline.plan(clock.instant().plus(in), () -> {
            if (clusters.get(key) == cluster && cluster.epoch == epoch) {
                transition.apply(key, cluster);
            }
        });
    }

    interface Transition {
        void apply(DeploymentKey key, SimulatedCluster cluster);
    }

    void pullFails(DeploymentKey key, SimulatedCluster cluster) {
        String image = cluster.start.spec().image();
        cluster.trouble = Optional.of(new RuntimeFacts.PodTrouble(
                "ErrImagePull",
                "[flink-main-container] failed to pull and unpack image \"" + image
                        + "\": failed to resolve reference \"" + image + "\": not found"));
        listener.podChanged(key);
    }

    void mountFails(DeploymentKey key, SimulatedCluster cluster) {
        cluster.trouble = Optional.of(new RuntimeFacts.PodTrouble(
                "FailedMount",
                "MountVolume.SetUp failed for volume \"pod-template-volume\" : configmap \"pod-template-" + key.name()
                        + "\" not found"));
        listener.podChanged(key);
    }

    void podUp(DeploymentKey key, SimulatedCluster cluster, Duration restAfter) {
        cluster.pod = RuntimeFacts.JobManagerPod.AVAILABLE;
        cluster.trouble = Optional.empty();
        if (restAfter.isZero()) {
            cluster.answers = true;
        } else {
            plan(cluster, restAfter, this::restUp, key);
        }
        listener.podChanged(key);
        boolean recovers = checkpoints.recoverable(key, cluster.start.jobId());
        if (cluster.behaviour.mainFailure().isPresent()) {
            plan(cluster, times.submit(), this::mainFails, key);
        } else if (!cluster.behaviour.armed() || recovers) {
            plan(cluster, times.submit(), this::submit, key);
        }
    }

    private void restUp(DeploymentKey key, SimulatedCluster cluster) {
        cluster.answers = true;
        listener.answered(key);
    }

    private void mainFails(DeploymentKey key, SimulatedCluster cluster) {
        String message = cluster.behaviour.mainFailure().orElseThrow();
        cluster.job = Optional.of(FlinkJobState.FAILED);
        cluster.startTime = clock.millis();
        cluster.failure = Optional.of(new RuntimeFacts.Failure(
                "org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: "
                        + message,
                Optional.of("java.lang.IllegalStateException: " + message)));
    }

    void submit(DeploymentKey key, SimulatedCluster cluster) {
        cluster.job = Optional.of(FlinkJobState.INITIALIZING);
        cluster.startTime = clock.millis();
        cluster.checkpointId = checkpoints.continueFrom(key, cluster);
        checkpoints.open(key, cluster);
        plan(cluster, times.initializing(), (k, c) -> c.job = Optional.of(FlinkJobState.CREATED), key);
        Duration tasks = cluster.behaviour.armed() ? times.warmTasksStart() : times.tasksStart();
        plan(cluster, cluster.behaviour.tasksStartSlowly() ? tasks.multipliedBy(2) : tasks, this::tasksRun, key);
    }

    void tasksRun(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.behaviour.crashLoop() || cluster.broken) {
            cluster.job = Optional.of(FlinkJobState.RESTARTING);
            return;
        }
        cluster.job = Optional.of(FlinkJobState.RUNNING);
        plan(cluster, times.checkpointInterval(), this::checkpoint, key);
    }

    void checkpoint(DeploymentKey key, SimulatedCluster cluster) {
        if (!cluster.is(FlinkJobState.RUNNING)) {
            return;
        }
        cluster.checkpointId++;
        cluster.lastPath = Optional.of(checkpoints.checkpoint(cluster));
        checkpoints.publish(key, cluster);
        plan(cluster, times.checkpointInterval(), this::checkpoint, key);
    }

    void stopped(DeploymentKey key, SimulatedCluster cluster, String directory) {
        if (stopsHang) {
            return;
        }
        if (unwritable.test(directory) || !cluster.is(FlinkJobState.RUNNING)) {
            cluster.stop = Optional.of(new RuntimeFacts.NotStopped(
                    "java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException:"
                            + " An Exception occurred while triggering the checkpoint. IO-problem detected."));
        } else {
            cluster.checkpointId++;
            cluster.job = Optional.of(FlinkJobState.FINISHED);
            cluster.lastPath = Optional.of(checkpoints.savepoint(cluster, directory));
            cluster.stop = Optional.of(new RuntimeFacts.Stopped(cluster.lastPath.get()));
            checkpoints.forget(key, cluster.start.jobId());
        }
        listener.answered(key);
    }
}
