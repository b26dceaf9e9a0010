package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.job.RecordFlow;
import io.kafkaflink.doubles.job.SavedState;
import io.kafkaflink.doubles.job.SimulatedKafka;
import io.kafkaflink.model.handover.GoOrder;
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
    final PublishedPods pods;
    final MainMethod main;
    final Map<DeploymentKey, SimulatedCluster> clusters = new HashMap<>();
    Predicate<String> unwritable = directory -> false;
    boolean stopsHang;
    FlinkRuntime.Listener listener;

    ClusterLife(
            Clock clock,
            SimulatedTimes times,
            Timeline timeline,
            SimulatedCheckpoints checkpoints,
            ClusterObjects objects) {
        this.clock = clock;
        this.times = times;
        this.timeline = timeline;
        this.checkpoints = checkpoints;
        this.pods = new PublishedPods(objects);
        this.main = new MainMethod(clock, times.handoverPoll(), objects, checkpoints, this, new SimulatedKafka(clock));
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

    /** The JobManager's pod does not come up. */
    void troubled(DeploymentKey key, SimulatedCluster cluster, RuntimeFacts.PodTrouble trouble) {
        cluster.trouble = Optional.of(trouble);
        pods.jobManager(key, false, cluster.trouble);
        listener.podChanged(key);
    }

    void pullFails(DeploymentKey key, SimulatedCluster cluster) {
        String image = cluster.start.spec().image();
        troubled(
                key,
                cluster,
                new RuntimeFacts.PodTrouble(
                        "ErrImagePull",
                        "[flink-main-container] failed to pull and unpack image \"" + image
                                + "\": failed to resolve reference \"" + image + "\": not found"));
    }

    void mountFails(DeploymentKey key, SimulatedCluster cluster) {
        troubled(
                key,
                cluster,
                new RuntimeFacts.PodTrouble(
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"pod-template-volume\" : configmap \"pod-template-"
                                + key.name() + "\" not found"));
    }

    void podUp(DeploymentKey key, SimulatedCluster cluster, Duration restAfter) {
        cluster.pod = RuntimeFacts.JobManagerPod.AVAILABLE;
        cluster.trouble = Optional.empty();
        pods.jobManager(key, true, Optional.empty());
        if (restAfter.isZero()) {
            cluster.answers = true;
        } else {
            plan(cluster, restAfter, this::restUp, key);
        }
        listener.podChanged(key);
        if (cluster.is(FlinkJobState.FINISHED)) {
            return;
        }
        boolean recovers = checkpoints.recoverable(key, cluster.start.jobId());
        Optional<String> failure = cluster.behaviour.mainFailure();
        if (failure.isPresent()) {
            plan(cluster, times.submit(), (k, c) -> mainFails(c, failure.get()), key);
        } else if (!cluster.behaviour.armed()) {
            plan(cluster, times.submit(), main::run, key);
        } else if (recovers) {
            plan(cluster, times.submit(), this::submit, key);
        }
    }

    private void restUp(DeploymentKey key, SimulatedCluster cluster) {
        cluster.answers = true;
        listener.answered(key);
    }

    void mainFails(SimulatedCluster cluster, String message) {
        cluster.job = Optional.of(FlinkJobState.FAILED);
        cluster.startTime = clock.millis();
        cluster.failure = Optional.of(new RuntimeFacts.Failure(
                "org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: "
                        + message,
                Optional.of("java.lang.IllegalStateException: " + message)));
    }

    /** TaskManagers come up beside main(), as {@code slotmanager.number-of-slots.min} asks. */
    void taskManagersAhead(DeploymentKey key, SimulatedCluster cluster) {
        boolean warm = cluster.start.spec().configuration().containsKey("slotmanager.number-of-slots.min");
        if (warm && cluster.taskManagersUp.isEmpty()) {
            cluster.taskManagersUp = Optional.of(clock.instant().plus(times.tasksStart()));
            pods.taskManagers(key, taskManagers(cluster));
        }
    }

    private static int taskManagers(SimulatedCluster cluster) {
        FlinkSpec spec = cluster.start.spec();
        int slots = Integer.parseInt(spec.configuration().getOrDefault("taskmanager.numberOfTaskSlots", "1"));
        return (spec.parallelism() + slots - 1) / slots;
    }

    void submitSoon(DeploymentKey key, SimulatedCluster cluster) {
        plan(cluster, times.submit(), this::submit, key);
    }

    void submit(DeploymentKey key, SimulatedCluster cluster) {
        SavedState state = checkpoints.continueFrom(key, cluster);
        cluster.startTime = clock.millis();
        if (!cluster.mayDrop(state)) {
            mainFails(
                    cluster,
                    "Failed to rollback to checkpoint/savepoint. Cannot map checkpoint/savepoint state for "
                            + RecordFlow.unclaimed(state, cluster.graph) + " to the new program");
            return;
        }
        cluster.job = Optional.of(FlinkJobState.INITIALIZING);
        cluster.checkpointId = state.checkpointId();
        cluster.flow.restore(state, cluster.go.map(GoOrder::offsets));
        checkpoints.open(key, cluster, state);
        plan(cluster, times.initializing(), (k, c) -> c.job = Optional.of(FlinkJobState.CREATED), key);
        pods.taskManagers(key, taskManagers(cluster));
        Duration tasks = warm(cluster) ? times.warmTasksStart() : times.tasksStart();
        plan(cluster, cluster.behaviour.tasksStartSlowly() ? tasks.multipliedBy(2) : tasks, this::tasksRun, key);
        main.expectCheckpoint(key, cluster);
    }

    private boolean warm(SimulatedCluster cluster) {
        boolean up = cluster.taskManagersUp
                .filter(since -> !since.isAfter(clock.instant()))
                .isPresent();
        return cluster.behaviour.armed() || up;
    }

    void tasksRun(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.behaviour.crashLoop() || cluster.broken) {
            cluster.job = Optional.of(FlinkJobState.RESTARTING);
            return;
        }
        cluster.job = Optional.of(FlinkJobState.RUNNING);
        cluster.flow.begin();
        plan(cluster, times.checkpointInterval(), this::checkpoint, key);
    }

    void checkpoint(DeploymentKey key, SimulatedCluster cluster) {
        if (!cluster.is(FlinkJobState.RUNNING) || cluster.barren) {
            return;
        }
        cluster.checkpointId++;
        SavedState state = cluster.flow.checkpoint(cluster.checkpointId);
        cluster.lastPath = Optional.of(checkpoints.checkpoint(cluster, state));
        checkpoints.publish(key, cluster, state);
        main.completed(key, cluster, state);
        plan(cluster, times.checkpointInterval(), this::checkpoint, key);
    }

    void stopped(DeploymentKey key, SimulatedCluster cluster, String directory) {
        if (stopsHang) {
            return;
        }
        cluster.stopping = false;
        if (unwritable.test(directory) || !cluster.is(FlinkJobState.RUNNING) || cluster.barren) {
            cluster.stop = Optional.of(new RuntimeFacts.NotStopped(
                    "java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException:"
                            + " An Exception occurred while triggering the checkpoint. IO-problem detected."));
        } else {
            cluster.checkpointId++;
            SavedState state = cluster.flow.savepoint(cluster.checkpointId);
            cluster.halt();
            cluster.job = Optional.of(FlinkJobState.FINISHED);
            cluster.lastPath = Optional.of(checkpoints.savepoint(cluster, state, directory));
            cluster.stop = Optional.of(new RuntimeFacts.Stopped(cluster.lastPath.get()));
            checkpoints.forget(key, cluster.start.jobId());
            taskManagersLeave(key);
        }
        listener.answered(key);
    }

    /** All is read: a last checkpoint commits it, and Flink deletes the state of a job that has finished. */
    void finish(DeploymentKey key, SimulatedCluster cluster) {
        if (!cluster.is(FlinkJobState.RUNNING)) {
            return;
        }
        checkpoint(key, cluster);
        cluster.halt();
        cluster.job = Optional.of(FlinkJobState.FINISHED);
        checkpoints.forget(key, cluster.start.jobId());
        checkpoints.discard(cluster.start.jobId());
        taskManagersLeave(key);
    }

    /** It fails and restarts until it is mended. */
    void breaks(SimulatedCluster cluster) {
        cluster.broken = true;
        cluster.flow.end();
        cluster.job = Optional.of(FlinkJobState.RESTARTING);
    }

    void loseTasks(DeploymentKey key, SimulatedCluster cluster, Duration downtime) {
        cluster.halt();
        cluster.job = Optional.of(FlinkJobState.CREATED);
        plan(cluster, downtime, this::tasksRun, key);
    }

    /** Their pods end some seconds after they have lost their job. */
    void taskManagersLeave(DeploymentKey key) {
        timeline.plan(clock.instant().plus(times.removal().multipliedBy(2)), pods.taskManagersLeave(key));
    }

    /**
     * A stop that is under way ends without an answer of the JobManager. A job that has ended stays so: the operator keeps
     * the results of jobs in high-availability storage ({@code job-result-store.delete-on-commit: false}).
     */
    void killJobManager(DeploymentKey key, Outage outage) {
        SimulatedCluster cluster = clusters.get(key);
        if (cluster.leaving) {
            return;
        }
        boolean ended = cluster.highAvailability() && cluster.is(FlinkJobState.FINISHED);
        cluster.halt();
        cluster.pod = RuntimeFacts.JobManagerPod.STARTING;
        cluster.answers = false;
        cluster.callsTimeOut = outage.callsTimeOut();
        cluster.job = ended ? cluster.job : Optional.empty();
        pods.jobManagerGone(key);
        pods.jobManager(key, false, Optional.empty());
        if (cluster.stopping) {
            cluster.stopping = false;
            cluster.stop = Optional.of(new RuntimeFacts.NotStopped("java.net.ConnectException: Connection refused"));
            listener.answered(key);
        }
        plan(cluster, outage.pod(), (k, c) -> podUp(k, c, outage.rest().minus(outage.pod())), key);
        listener.podChanged(key);
    }

    /** What kept it from running or from completing checkpoints is gone. */
    void mend(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.barren && cluster.is(FlinkJobState.RUNNING)) {
            plan(cluster, times.checkpointInterval(), this::checkpoint, key);
        }
        cluster.barren = false;
        if (cluster.broken) {
            cluster.broken = false;
            plan(cluster, times.submit().multipliedBy(6), this::tasksRun, key);
        }
    }
}
