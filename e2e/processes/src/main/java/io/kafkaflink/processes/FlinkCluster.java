package io.kafkaflink.processes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Flink application cluster of child processes on loopback: one JobManager that runs the job of the spec, and its
 * TaskManagers. Processes that end are started again with the same configuration and job id, as the Deployment and the
 * pods of a FlinkDeployment are, until {@link #stop()}.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final FlinkClusterSpec spec;
    private final FlinkHome home;
    private final int restPort = FreePorts.next();
    private final ScheduledExecutorService timer;
    private final AtomicInteger taskManagerNumbers = new AtomicInteger();
    private final Supervisor jobManager;
    private final List<Supervisor> taskManagers = new ArrayList<>();

    private FlinkCluster(ProcessLedger ledger, Path folder, FlinkClusterSpec spec) {
        this.spec = spec;
        this.home = new FlinkHome(
                folder.toAbsolutePath(),
                Distribution.locate(spec.distribution()).resolve("lib"));
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, spec.name() + "-supervisor");
            thread.setDaemon(true);
            return thread;
        });
        FlinkCommands commands = new FlinkCommands(spec, home);
        this.jobManager = new Supervisor(ledger, timer, generation -> commands.jobManager());
        for (int i = 0; i < spec.taskManagers(); i++) {
            taskManagers.add(new Supervisor(
                    ledger, timer, generation -> commands.taskManager(taskManagerNumbers.incrementAndGet())));
        }
    }

    /**
     * Starts the processes and returns at once; {@link #awaitRest} waits for the JobManager.
     *
     * @param folder for configuration, job jar, logs and temporary files; made when missing, may be used again by the
     *     next cluster of the same FlinkDeployment after this one is stopped
     * @throws IllegalStateException when the jars of the distribution are missing
     */
    public static FlinkCluster start(ProcessLedger ledger, Path folder, FlinkClusterSpec spec) {
        FlinkCluster cluster = new FlinkCluster(ledger, folder, spec);
        cluster.home.lay(
                FlinkConfiguration.of(spec, cluster.restPort, FreePorts.next(), cluster.home.temp()),
                spec.job().jar());
        cluster.start();
        return cluster;
    }

    private void start() {
        jobManager.start();
        taskManagers.forEach(Supervisor::start);
    }

    /** Address of the REST endpoint and the web interface; the same as long as this cluster lives. */
    public URI restUri() {
        return URI.create("http://" + FlinkConfiguration.HOST + ":" + restPort);
    }

    /** A client of the REST endpoint. */
    public FlinkRest rest() {
        return new FlinkRest(restUri());
    }

    public FlinkClusterSpec spec() {
        return spec;
    }

    /**
     * Waits until the JobManager answers.
     *
     * @throws ProcessFailedException when it ends first or the deadline passes
     */
    public void awaitRest(Duration deadline) {
        FlinkRest rest = rest();
        jobManager.process().awaitReady(rest::answers, deadline);
    }

    /** The JobManager that runs now, or ran last. */
    public ChildProcess jobManager() {
        return jobManager.process();
    }

    /** The TaskManagers that run now, or ran last. */
    public List<ChildProcess> taskManagers() {
        return taskManagers.stream().map(Supervisor::process).toList();
    }

    /** How often the JobManager was started again. */
    public int jobManagerRestarts() {
        return jobManager.restarts();
    }

    /** Exit code of the JobManager that ended last; empty as long as none has. */
    public OptionalInt lastJobManagerExit() {
        return jobManager.lastExit();
    }

    /** How often TaskManagers were started again. */
    public int taskManagerRestarts() {
        return taskManagers.stream().mapToInt(Supervisor::restarts).sum();
    }

    /** Resident memory of all processes of this cluster, in bytes; empty where the system does not tell. */
    public OptionalLong residentBytes() {
        return Stream.concat(Stream.of(jobManager()), taskManagers().stream())
                .map(ChildProcess::residentBytes)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
    }

    /**
     * Ends all processes for good, as the deletion of the Deployment does; high availability data, checkpoints and the
     * folder stay.
     */
    public void stop() {
        List<Supervisor> all =
                Stream.concat(Stream.of(jobManager), taskManagers.stream()).toList();
        all.forEach(Supervisor::giveUp);
        timer.shutdownNow();
        all.parallelStream().forEach(each -> each.stop(GRACE));
    }

    @Override
    public void close() {
        stop();
    }
}
