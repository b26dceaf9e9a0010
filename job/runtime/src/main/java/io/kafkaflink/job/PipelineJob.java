package io.kafkaflink.job;

import io.kafkaflink.job.handover.HandoverSession;
import io.kafkaflink.job.handover.NewJob;
import io.kafkaflink.job.handover.StartPlan;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs the pipeline that a job configuration describes:
 * {@code --config <file> --config-hash <sha256> [--mode run|plan]}. Mode {@code plan} prints the operators with uids and
 * operator ids and runs nothing.
 *
 * <p>What cannot be run is refused in one line: as a process of its own with exit code 2, inside a Flink cluster by an
 * exception without stack trace from main, so that the job is reported as failed while the JobManager stays up, instead
 * of a crash loop.
 */
public final class PipelineJob {
    private static final int REFUSED = 2;

    private PipelineJob() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments, System.out);
        } catch (JobRefused refused) {
            if (!ownsTheProcess()) {
                throw refused;
            }
            System.err.println(refused.getMessage());
            System.exit(REFUSED);
        }
    }

    static void run(String[] arguments, PrintStream out) throws Exception {
        JobOptions options = JobOptions.parse(arguments);
        requireFlink();
        switch (options.mode()) {
            case PLAN -> plan(options, out);
            case RUN -> execute(options);
        }
    }

    /** The job jar holds everything but Flink itself. */
    private static void requireFlink() {
        try {
            Class.forName("org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");
        } catch (ClassNotFoundException e) {
            throw new JobRefused("Flink is not on the class path; run the job in a Flink image, or as"
                    + " java -cp '<flink>/lib/*:<this jar>' " + PipelineJob.class.getName());
        }
    }

    private static void plan(JobOptions options, PrintStream out) {
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
    private static void execute(JobOptions options) throws Exception {
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

    /** A process of its own has our main at the bottom of the stack; a Flink cluster calls it from one of its threads. */
    private static boolean ownsTheProcess() {
        return StackWalker.getInstance().walk(Stream::toList).stream()
                .reduce((above, below) -> below)
                .map(StackWalker.StackFrame::getClassName)
                .filter(PipelineJob.class.getName()::equals)
                .isPresent();
    }
}
