package io.kafkaflink.job;

import io.kafkaflink.job.handover.HandoverSession;
import io.kafkaflink.job.handover.NewJob;
import io.kafkaflink.job.handover.StartPlan;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import java.io.PrintStream;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a job does once Flink is there: prints its operators, or checks itself, waits for the go and runs. */
final class PipelineExecution {
    private PipelineExecution() {}

    static void plan(JobOptions options, PrintStream out) {
        JobConfiguration configuration = ConfigurationFile.read(options.config(), options.configHash());
        RunningVersions versions = RunningVersions.detect();
        versions.require(configuration);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        PipelineTopology.build(environment, configuration, ConnectorLine.onClassPath());
        out.println(name(configuration) + ", configuration " + options.configHash() + ", Flink " + versions.flink()
                + ", Kafka connector " + versions.connector());
        out.println(JobPlan.of(environment.getStreamGraph()).table());
    }

    /** Builds the graph twice: to be checked before anything is decided, and to run as was decided. */
    static void run(JobOptions options) throws Exception {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        try (HandoverSession handover = HandoverSession.open(environment.getConfiguration(), options.configHash())) {
            NewJob job = newJob(environment, options, handover);
            StartPlan start = handover.await(job);
            environment.configure(start.settings());
            PipelineTopology.build(environment, job.configuration(), job.line(), start.offsets());
            handover.verify();
            environment.execute(name(job.configuration()));
        }
    }

    private static NewJob newJob(StreamExecutionEnvironment environment, JobOptions options, HandoverSession handover) {
        try {
            JobConfiguration configuration = ConfigurationFile.read(options.config(), options.configHash());
            RunningVersions versions = RunningVersions.detect();
            versions.require(configuration);
            ConnectorLine line = ConnectorLine.onClassPath();
            PipelineTopology.build(environment, configuration, line);
            requireCheckpoints(environment, configuration);
            JobPlan plan = JobPlan.of(environment.getStreamGraph());
            return new NewJob(
                    configuration,
                    plan.uids(),
                    plan.genericTypes(),
                    environment.getConfiguration(),
                    versions.flink(),
                    versions.connector(),
                    line);
        } catch (RuntimeException e) {
            handover.unfit(e);
            throw e;
        }
    }

    private static String name(JobConfiguration configuration) {
        return configuration.namespace() + "." + configuration.name();
    }

    private static void requireCheckpoints(StreamExecutionEnvironment environment, JobConfiguration configuration) {
        List<String> waiting = configuration.sinks().stream()
                .filter(sink ->
                        sink.kafka() != null && sink.kafka().delivery().guarantee() == Delivery.Guarantee.ExactlyOnce)
                .map(JobConfiguration.Sink::name)
                .toList();
        if (!waiting.isEmpty() && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new JobRefused("Sinks " + waiting + " are ExactlyOnce but checkpointing is off, so nothing would ever"
                    + " be committed; set execution.checkpointing.interval in Flink's configuration");
        }
    }
}
