package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.processes.CheckpointStatistics;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.JobFailure;
import io.kafkaflink.processes.JobSummary;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One FlinkDeployment's processes, from its deploy until they are removed. */
final class ProcessCluster {

    private static final int CRASH_LOOP = 2;
    private static final String MAIN_CONTAINER = "[flink-main-container] ";

    private final DeploymentKey key;
    private final Effect.Start start;
    private final FlinkImage image;
    private final ProcessFlinkSettings settings;
    private volatile Optional<FlinkCluster> processes = Optional.empty();
    private volatile boolean available;
    private volatile int restartsWhenAvailable;
    private volatile boolean stopped;
    private OptionalLong answeringSince = OptionalLong.empty();

    /** Stays until the pod is available: the real operator does not look again before that, its interval being longer. */
    volatile Optional<RuntimeFacts.PodTrouble> trouble = Optional.empty();

    /** Its Deployment is being deleted. */
    volatile boolean leaving;

    volatile Optional<RuntimeFacts.StopOutcome> stop = Optional.empty();

    /** @param image null when nobody has it: the pod stays in ErrImagePull */
    ProcessCluster(DeploymentKey key, Effect.Start start, FlinkImage image, ProcessFlinkSettings settings) {
        this.key = key;
        this.start = start;
        this.image = image;
        this.settings = settings;
    }

    Effect.Start started() {
        return start;
    }

    Optional<FlinkCluster> processes() {
        return processes;
    }

    boolean available() {
        return available;
    }

    FlinkRest rest() {
        return processes.orElseThrow().rest();
    }

    /** Lays out the pod's files and starts the processes. */
    void launch(KubernetesClient client, ProcessLedger ledger) throws PodFiles.Missing {
        Path home = settings.folder().resolve(key.namespace()).resolve(key.name());
        PodFiles files = PodFiles.lay(client, key, start.spec(), home.resolve("volumes"));
        FlinkClusterSpec spec = new FlinkClusterSpec(
                key.name(),
                image.distribution(),
                job(files),
                taskManagers(),
                configuration(files),
                files.environment(),
                settings.memory());
        synchronized (this) {
            if (!stopped) {
                processes = Optional.of(FlinkCluster.start(ledger, home.resolve("flink"), spec));
            }
        }
    }

    /** Ends the processes; blocks until they are gone. */
    void shutDown() {
        synchronized (this) {
            stopped = true;
        }
        processes.ifPresent(FlinkCluster::stop);
    }

    /** Asks whether the JobManager's pod would be available. True when the answer or the trouble has changed. */
    boolean probe() {
        if (processes.isEmpty()) {
            return false;
        }
        FlinkCluster cluster = processes.get();
        boolean was = available;
        Optional<RuntimeFacts.PodTrouble> had = trouble;
        available = cluster.jobManager().isAlive() && cluster.rest().answers() && submittedOrLate(cluster.rest());
        if (available) {
            answeringSince = OptionalLong.empty();
            restartsWhenAvailable = cluster.jobManagerRestarts();
            trouble = Optional.empty();
        } else if (cluster.jobManagerRestarts() - restartsWhenAvailable >= CRASH_LOOP) {
            trouble = Optional.of(new RuntimeFacts.PodTrouble(
                    "CrashLoopBackOff",
                    MAIN_CONTAINER + "back-off restarting failed container=flink-main-container pod=" + key.name()));
        }
        return was != available || !had.equals(trouble);
    }

    /**
     * The real operator waits ten seconds before it asks for the job, by which time main() has submitted it. With scaled
     * waits it would ask too early and find "Job Not Found" in a healthy start.
     */
    private boolean submittedOrLate(FlinkRest rest) {
        if (available || !jobs(rest).isEmpty()) {
            return true;
        }
        long now = System.nanoTime();
        if (answeringSince.isEmpty()) {
            answeringSince = OptionalLong.of(now);
        }
        return now - answeringSince.getAsLong() >= settings.submitGrace().toNanos();
    }

    private static List<JobSummary> jobs(FlinkRest rest) {
        try {
            return rest.jobs();
        } catch (FlinkRestException e) {
            // Gone again between two calls: the next probe sees it.
            return List.of();
        }
    }

    RuntimeFacts facts(Optional<String> jobId, boolean haMetadata) {
        return new RuntimeFacts(
                available ? RuntimeFacts.JobManagerPod.AVAILABLE : RuntimeFacts.JobManagerPod.STARTING,
                trouble,
                answer(jobId),
                haMetadata,
                leaving ? OptionalLong.empty() : OptionalLong.of(start.generation()),
                stop,
                image == null ? "" : image.flinkVersion());
    }

    private RuntimeFacts.RestAnswer answer(Optional<String> jobId) {
        RuntimeFacts.Silent silent = new RuntimeFacts.Silent(settings.unansweredCallsTimeOut());
        if (!available) {
            return silent;
        }
        if (jobId.isEmpty()) {
            return new RuntimeFacts.NoJob();
        }
        try {
            return rest().jobs().stream()
                    .filter(job -> job.id().equals(jobId.get()))
                    .findFirst()
                    .<RuntimeFacts.RestAnswer>map(this::job)
                    .orElseGet(RuntimeFacts.NoJob::new);
        } catch (FlinkRestException e) {
            return silent;
        }
    }

    /** By the overview, as the operator does: Flink 2.2.1 has no details of a job whose main() has failed (HTTP 500). */
    private RuntimeFacts.Job job(JobSummary job) {
        boolean incomplete = job.state().equals("RUNNING") && !allTasksRunning(job.tasks());
        FlinkJobState state = incomplete ? FlinkJobState.CREATED : FlinkJobState.valueOf(job.state());
        Optional<String> last = state.terminal() ? newestCheckpoint(job.id()) : Optional.empty();
        Optional<RuntimeFacts.Failure> failure =
                state == FlinkJobState.FAILED ? failure(rest().failures(job.id())) : Optional.empty();
        return new RuntimeFacts.Job(state, job.startTime(), failure, last);
    }

    private static boolean allTasksRunning(Map<String, Integer> tasks) {
        return tasks.getOrDefault("running", 0).equals(tasks.getOrDefault("total", -1));
    }

    private Optional<String> newestCheckpoint(String jobId) {
        try {
            return rest().checkpoints(jobId).newest().map(CheckpointStatistics.Checkpoint::externalPath);
        } catch (FlinkRestException e) {
            // A job that has failed in main() has no checkpoints to tell of.
            return Optional.empty();
        }
    }

    private static Optional<RuntimeFacts.Failure> failure(List<JobFailure> failures) {
        return failures.stream()
                .findFirst()
                .map(first -> new RuntimeFacts.Failure(
                        first.stacktrace().lines().findFirst().orElse(first.exceptionName()),
                        Optional.of(first.rootCause())));
    }

    private FlinkJob job(PodFiles files) {
        FlinkSpec spec = start.spec();
        return new FlinkJob(
                image.jobJar(),
                spec.entryClass().orElseThrow(() -> new NotRecorded("a job without entryClass")),
                spec.args().stream().map(files::rewrite).toList(),
                start.jobId(),
                spec.parallelism(),
                start.savepoint().map(path -> new FlinkJob.RestorePath(path, spec.allowNonRestoredState())));
    }

    int taskManagers() {
        FlinkSpec spec = start.spec();
        int slots = Integer.parseInt(spec.configuration().getOrDefault("taskmanager.numberOfTaskSlots", "1"));
        return (spec.parallelism() + slots - 1) / slots;
    }

    /** The pod's configuration: without the operator's keys, and with what Flink needs to reach the API server. */
    private Map<String, String> configuration(PodFiles files) {
        FlinkSpec spec = start.spec();
        Map<String, String> configuration = new TreeMap<>();
        spec.configuration().forEach((name, value) -> {
            boolean operatorsOwn = name.startsWith("kubernetes.operator.")
                    || name.startsWith("execution.state-recovery.")
                    || name.startsWith("execution.savepoint.");
            if (!operatorsOwn) {
                configuration.put(name, files.rewrite(value));
            }
        });
        configuration.put("kubernetes.cluster-id", key.name());
        configuration.put("kubernetes.namespace", key.namespace());
        configuration.put(
                "kubernetes.config.file",
                settings.kubeconfigs()
                        .apply(key.namespace(), spec.serviceAccount().orElse("default"))
                        .toString());
        return configuration;
    }
}
