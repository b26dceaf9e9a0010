package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
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

    JobManagerRest jobManager() {
        return new JobManagerRest(processes.orElseThrow().rest());
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
        available = cluster.jobManager().isAlive() && cluster.rest().answers() && submittedOrLate();
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
    private boolean submittedOrLate() {
        if (available || jobManager().hasJob()) {
            return true;
        }
        long now = System.nanoTime();
        if (answeringSince.isEmpty()) {
            answeringSince = OptionalLong.of(now);
        }
        return now - answeringSince.getAsLong() >= settings.submitGrace().toNanos();
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
        return jobManager().answer(jobId.get()).orElse(silent);
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
