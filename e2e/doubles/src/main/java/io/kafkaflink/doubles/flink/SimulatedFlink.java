package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.job.JobGraph;
import io.kafkaflink.doubles.job.RecordFlow;
import io.kafkaflink.doubles.job.SavedState;
import io.kafkaflink.doubles.job.SimulatedKafka;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Flink clusters in memory. Time passes only in {@link #advance()}, up to what the clock says; what happens next is
 * known in advance ({@link #nextChange()}). Not thread-safe.
 */
public final class SimulatedFlink implements FlinkRuntime {

    private final Clock clock;
    private final SimulatedTimes times;
    private final SimulatedCheckpoints checkpoints;
    private final Timeline timeline = new Timeline();
    private final ClusterLife life;
    private final Map<DeploymentKey, SimulatedCluster> clusters;
    private final Map<DeploymentKey, Deque<Behaviour>> scripts = new HashMap<>();
    private final Map<String, String> images = new HashMap<>();
    private final Map<String, String> triggered = new HashMap<>();
    private Function<Effect.Start, Behaviour> usual = start -> Behaviour.healthy();
    private Function<Effect.Start, Optional<JobGraph>> graphs =
            start -> Optional.of(JobGraph.ofArguments(start.spec().args()));

    /** ConfigMaps and pods go where {@code objects} puts them. */
    public SimulatedFlink(Clock clock, SimulatedTimes times, ClusterObjects objects) {
        this.clock = clock;
        this.times = times;
        this.checkpoints = new SimulatedCheckpoints(objects);
        this.life = new ClusterLife(clock, times, timeline, checkpoints, objects);
        this.clusters = life.clusters;
    }

    /** Makes an image known; any other one ends in ErrImagePull. */
    public SimulatedFlink knowsImage(String image, String flinkVersion) {
        images.put(image, flinkVersion);
        return this;
    }

    /** Makes a savepoint known that was taken before the simulation began. */
    public void knowsSavepoint(String path, long checkpointId) {
        checkpoints.knows(path, checkpointId);
    }

    /**
     * Gives jobs records to read.
     *
     * @param newGraphs what main() makes of its arguments; empty when the configuration that they name is not there, so that
     *     the pod cannot mount it
     */
    public void reads(SimulatedKafka newKafka, Function<Effect.Start, Optional<JobGraph>> newGraphs) {
        life.main.kafka = newKafka;
        graphs = newGraphs;
    }

    /** How jobs behave that are not scripted: healthy unless told otherwise. */
    public void usually(Function<Effect.Start, Behaviour> behaviour) {
        usual = behaviour;
    }

    /** Behaviours of the next deploys of one FlinkDeployment, in order; the usual one afterwards. */
    public void script(DeploymentKey key, Behaviour... behaviours) {
        Deque<Behaviour> queue = scripts.computeIfAbsent(key, k -> new ArrayDeque<>());
        queue.clear();
        queue.addAll(List.of(behaviours));
    }

    /** Savepoints below these directories fail. */
    public void unwritable(Predicate<String> directories) {
        life.unwritable = directories;
    }

    /** Switch: stops with savepoint are not answered any more; those under way neither. */
    public void stopsHang(boolean hang) {
        life.stopsHang = hang;
    }

    /** Lets an armed job go, from a savepoint that it is told. */
    public void go(DeploymentKey key, String savepoint) {
        SimulatedCluster cluster = clusters.get(key);
        cluster.told = Optional.of(savepoint);
        life.plan(cluster, times.submit(), life::submit, key);
    }

    /** The job fails and restarts until it is mended. */
    public void breakJob(DeploymentKey key) {
        life.breaks(clusters.get(key));
    }

    /** The source of a running job has come to its end. */
    public void finish(DeploymentKey key) {
        life.finish(key, clusters.get(key));
    }

    /** The job goes on and completes no checkpoint any more, until it is mended. */
    public void failCheckpoints(DeploymentKey key) {
        clusters.get(key).barren = true;
    }

    /** What went wrong is mended: tasks run after two restart delays, checkpoints are completed. */
    public void mendJob(DeploymentKey key) {
        Optional.ofNullable(clusters.get(key)).ifPresent(cluster -> life.mend(key, cluster));
    }

    /** Kills the JobManager's pod; Kubernetes starts it again. */
    public void killJobManager(DeploymentKey key, Outage outage) {
        life.killJobManager(key, outage);
    }

    /** What held the JobManager's pod up is gone. */
    public void letUp(DeploymentKey key) {
        SimulatedCluster cluster = clusters.get(key);
        if (cluster != null && cluster.behaviour.heldUp().isPresent() && cluster.trouble.isPresent()) {
            life.plan(cluster, times.podStart(), (k, c) -> life.podUp(k, c, Duration.ZERO), key);
        }
    }

    /** State of the job of a FlinkDeployment as its JobManager knows it; empty when there is none. */
    public Optional<FlinkJobState> state(DeploymentKey key) {
        return Optional.ofNullable(clusters.get(key)).flatMap(cluster -> cluster.job);
    }

    /** Kills a TaskManager's pod; its tasks are back after {@code downtime}. */
    public void killTaskManager(DeploymentKey key, Duration downtime) {
        life.loseTasks(key, clusters.get(key), downtime);
    }

    /** Puts a running cluster there as if it had been deployed before the simulation began. */
    public void restore(DeploymentKey key, Effect.Start start, FlinkJobState state, long checkpointId) {
        SimulatedCluster cluster = cluster(start, Behaviour.healthy());
        cluster.pod = RuntimeFacts.JobManagerPod.AVAILABLE;
        cluster.answers = true;
        cluster.job = Optional.of(state);
        cluster.startTime = clock.millis();
        cluster.checkpointId = checkpointId;
        clusters.put(key, cluster);
        if (state == FlinkJobState.RUNNING) {
            checkpoints.publish(key, cluster, SavedState.bare(checkpointId));
            life.plan(cluster, times.checkpointInterval(), life::checkpoint, key);
        }
    }

    @Override
    public Optional<Instant> nextChange() {
        return timeline.next();
    }

    @Override
    public void advance() {
        timeline.runUntil(clock.instant());
    }

    @Override
    public RuntimeFacts look(DeploymentKey key, Optional<String> jobId) {
        SimulatedCluster cluster = clusters.get(key);
        boolean ha = jobId.filter(id -> checkpoints.recoverable(key, id)).isPresent();
        if (cluster == null) {
            return new RuntimeFacts(
                    RuntimeFacts.JobManagerPod.ABSENT,
                    Optional.empty(),
                    new RuntimeFacts.Silent(false),
                    ha,
                    OptionalLong.empty(),
                    Optional.empty(),
                    "");
        }
        return new RuntimeFacts(
                cluster.pod,
                cluster.trouble,
                cluster.rest(jobId),
                ha,
                cluster.leaving ? OptionalLong.empty() : OptionalLong.of(cluster.start.generation()),
                cluster.stop,
                cluster.flinkVersion);
    }

    @Override
    public void stop(DeploymentKey key, String jobId, String directory) {
        SimulatedCluster cluster = clusters.get(key);
        cluster.stop = Optional.empty();
        cluster.stopping = true;
        life.plan(cluster, times.stop(), (k, c) -> life.stopped(k, c, directory), key);
    }

    @Override
    public void cancel(DeploymentKey key, String jobId) {
        SimulatedCluster cluster = clusters.get(key);
        cluster.halt();
        cluster.job = Optional.of(FlinkJobState.CANCELLING);
        life.taskManagersLeave(key);
        life.plan(cluster, times.stop(), (k, c) -> c.job = Optional.of(FlinkJobState.CANCELED), key);
    }

    @Override
    public void remove(DeploymentKey key, boolean keepHaMetadata) {
        SimulatedCluster cluster = clusters.get(key);
        if (!keepHaMetadata) {
            checkpoints.forget(key, cluster.start.jobId());
        }
        cluster.halt();
        cluster.answers = false;
        cluster.leaving = true;
        life.taskManagersLeave(key);
        life.plan(
                cluster,
                times.removal(),
                (k, c) -> {
                    clusters.remove(k);
                    life.pods.jobManagerGone(k);
                    life.listener.answered(k);
                },
                key);
    }

    @Override
    public void deploy(DeploymentKey key, Effect.Start start) {
        Deque<Behaviour> script = scripts.getOrDefault(key, new ArrayDeque<>());
        Behaviour scripted = script.isEmpty() ? usual.apply(start) : script.poll();
        SimulatedCluster cluster = cluster(start, scripted);
        Behaviour behaviour = cluster.behaviour;
        clusters.put(key, cluster);
        life.pods.jobManager(key, false, behaviour.heldUp());
        if (!images.containsKey(start.spec().image())) {
            life.plan(cluster, times.pullFailure(), life::pullFails, key);
            return;
        }
        if (behaviour.mountsSlowly()) {
            life.plan(cluster, times.submit(), life::mountFails, key);
            life.plan(cluster, times.submit().multipliedBy(3), (k, c) -> c.trouble = Optional.empty(), key);
        }
        if (behaviour.heldUp().isPresent()) {
            RuntimeFacts.PodTrouble trouble = behaviour.heldUp().get();
            life.plan(cluster, times.submit(), (k, c) -> life.troubled(k, c, trouble), key);
            return;
        }
        life.plan(cluster, times.podStart(), (k, c) -> life.podUp(k, c, Duration.ZERO), key);
    }

    @Override
    public void trigger(DeploymentKey key, String jobId, String triggerId, StateSnapshot.Kind kind, String directory) {
        SimulatedCluster cluster = clusters.get(key);
        life.plan(
                cluster,
                times.stop(),
                (k, c) -> {
                    c.checkpointId++;
                    SavedState state = c.flow.checkpoint(c.checkpointId);
                    triggered.put(
                            triggerId,
                            kind == StateSnapshot.Kind.CHECKPOINT
                                    ? checkpoints.checkpoint(c, state)
                                    : checkpoints.savepoint(c, state, directory));
                },
                key);
    }

    @Override
    public Optional<String> triggered(DeploymentKey key, String triggerId) {
        return Optional.ofNullable(triggered.get(triggerId));
    }

    @Override
    public void dispose(DeploymentKey key, String path) {
        checkpoints.dispose(path);
    }

    @Override
    public void onChange(Listener newListener) {
        life.listener = newListener;
    }

    /** Path of the newest checkpoint that a job has completed. */
    public Optional<String> newestCheckpoint(String jobId) {
        return checkpoints.newestOf(jobId);
    }

    private SimulatedCluster cluster(Effect.Start start, Behaviour scripted) {
        Optional<JobGraph> found = graphs.apply(start);
        JobGraph graph = found.orElseGet(() -> JobGraph.ofArguments(start.spec().args()));
        Behaviour behaviour = found.isPresent() ? scripted : Behaviour.notConfigured();
        String version = images.getOrDefault(start.spec().image(), "");
        RecordFlow flow = new RecordFlow(life.main.kafka, graph, start.jobId());
        return new SimulatedCluster(start, behaviour, version, graph, flow);
    }
}
