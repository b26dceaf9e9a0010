package io.kafkaflink.job;

import io.kafkaflink.job.handover.StartPlan;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;

/** A pipeline that runs in a Flink mini cluster in this JVM, with checkpoints every 300 ms and no restarts. */
public final class RunningJob implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final JobClient client;
    private final Path folder;
    private final String run;

    private RunningJob(JobClient client, Path folder, String run) {
        this.client = client;
        this.folder = folder;
        this.run = run;
    }

    public static RunningJob start(JobConfiguration configuration, int parallelism, Path folder) throws Exception {
        return start(configuration, parallelism, folder, (String) null);
    }

    /** @param savepoint null for a start without state */
    public static RunningJob start(JobConfiguration configuration, int parallelism, Path folder, String savepoint)
            throws Exception {
        return start(
                configuration,
                parallelism,
                folder,
                new StartPlan(Optional.ofNullable(savepoint), false, Optional.empty()));
    }

    public static RunningJob start(JobConfiguration configuration, int parallelism, Path folder, StartPlan plan)
            throws Exception {
        if (!JobConfigurationCheck.violations(configuration).isEmpty()) {
            throw new AssertionError(JobConfigurationCheck.violations(configuration));
        }
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(PipelineOptions.MAX_PARALLELISM, 12);
        String run = UUID.randomUUID().toString();
        CapturedMetrics.configure(settings, run);
        settings.addAll(plan.settings());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
        PipelineTopology.build(environment, configuration, ConnectorLine.onClassPath(), plan.offsets());
        return new RunningJob(environment.executeAsync(configuration.name()), folder, run);
    }

    /** Waits for the first checkpoint, which needs all tasks. */
    public RunningJob awaitRunning() {
        Awaitility.await().atMost(DEADLINE).until(() -> metric("numberOfCompletedCheckpoints") > 0);
        return this;
    }

    /** Sum of a gauge or counter over all subtasks; -1 while there is none. */
    public long metric(String name) {
        return CapturedMetrics.sum(run, name);
    }

    /** Stops as the operator does, once all tasks run; returns the path of the savepoint. */
    public String stopWithSavepoint() throws Exception {
        awaitRunning();
        return client.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the job ends by itself. */
    void awaitFinished() throws Exception {
        client.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The exception that ended the job. */
    Throwable awaitFailure() throws Exception {
        try {
            client.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("the job ended without failure");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (!client.getJobStatus().get().isGloballyTerminalState()) {
                client.cancel().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (IllegalStateException | ExecutionException e) {
            // The mini cluster of a job that has ended is gone and answers no more.
            return;
        }
    }
}
